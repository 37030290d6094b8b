import Foundation
import Testing
import VirtioDeviceTree

@Suite("virtio-fuzz discover and device-tree")
struct DeviceTreeTests {
  @Test("device-tree prints source, or writes what is discovered again")
  func circle() throws {
    let virtioFuzz = try CommandRunner()
    let node = ["--base", "0x1e000", "--interrupt", "42", "--device", "block"]
    let tree = VirtioMMIOTree([VirtioMMIONode(.block, base: 0x1e000, interrupt: Interrupt(line: 42))])
    let source = try virtioFuzz("device-tree", node)
    #expect(source.code == 0)
    #expect(source.output == tree.source)

    let flat = try virtioFuzz("device-tree", node + ["-o", "a.dtb"])
    #expect(flat.code == 0)
    #expect(flat.output == "")
    #expect(virtioFuzz.bytes("a.dtb") == tree.blob)

    let found = try virtioFuzz("discover", "a.dtb")
    #expect(found.code == 0)
    #expect(
      found.output == """
        path                 address   size  interrupt  status
        /virtio_block@1e000  0x1e000  0x200  42         okay

        """)
  }

  @Test("device-tree takes decimal numbers, and the three cells of a GIC")
  func cells() throws {
    let virtioFuzz = try CommandRunner()
    let node = ["--base", "4294967296", "--size", "0x1000", "--interrupt", "0,0x10,4"]
    #expect(try virtioFuzz("device-tree", node + ["-o", "a.dtb"]).code == 0)
    let found = try virtioFuzz("discover", "--json", "a.dtb")
    #expect(found.code == 0)
    let device =
      #"{"address":"0x100000000","interrupts":[[0,16,4]],"path":"/virtio_mmio@100000000","problems":[],"#
      + #""size":"0x1000","status":"okay"}"#
    #expect(found.output == "[\n\(device)\n]\n")
  }

  @Test(
    "device-tree ends with 64 where it is no number, or where discover would show a problem",
    arguments: [
      (["--base", "+1", "--interrupt", "1"], "The value '+1' is invalid for '--base <base>'"),
      (["--base", "1e000", "--interrupt", "1"], "The value '1e000' is invalid for '--base <base>'"),
      (["--base", "0x10000000000000000", "--interrupt", "1"], "The value '0x10000000000000000' is invalid for"),
      (["--base", "0", "--interrupt", "1,2"], "The value '1,2' is invalid for '--interrupt <cells>'"),
      (["--base", "0", "--interrupt", "0,,1"], "The value '0,,1' is invalid for '--interrupt <cells>'"),
      (["--base", "0", "--interrupt", "0x100000000"], "The value '0x100000000' is invalid for"),
      (["--base", "0", "--interrupt", "1", "--device", "disk"], "The value 'disk' is invalid for '--device <device>'"),
      (
        ["--base", "0", "--interrupt", "1", "--device", "block", "--size", "0x100"],
        "MMIO-DT-03: the register window has 0x100 bytes; 0x160 are needed"
      ),
      (["--base", "0xffffffffffffff00", "--interrupt", "1"], "MMIO-DT-03: the register window goes beyond"),
      (["--interrupt", "1"], "Missing expected argument '--base <base>'"),
    ])
  func usage(arguments: [String], error: String) throws {
    let virtioFuzz = try CommandRunner()
    let result = try virtioFuzz("device-tree", arguments + ["-o", "a.dtb"])
    #expect(result.code == 64)
    #expect(result.errors.hasPrefix("Error: \(error)"), "\(result.errors)")
    #expect(virtioFuzz.bytes("a.dtb") == nil)
  }

  @Test("discover names the clause that a node breaks, and where, and ends with 77")
  func problem() throws {
    let virtioFuzz = try CommandRunner()
    let tree = VirtioMMIOTree([VirtioMMIONode(.block, base: 0x1000, size: 0x80, interrupt: Interrupt(line: 1))])
    try virtioFuzz.write(tree.blob, to: "a.dtb")
    let problem = try #require(try DeviceTree(blob: tree.blob).devices.first?.problems.first)
    let table = try virtioFuzz("discover", "a.dtb")
    #expect(table.code == 77)
    #expect(
      table.output == """
        path                address  size  interrupt  status
        /virtio_block@1000   0x1000  0x80  1          okay

        /virtio_block@1000: byte \(problem.offset): MMIO-DT-03: the register window has 0x80 bytes; 0x160 are needed

        """)
    let json = try virtioFuzz("discover", "a.dtb", "--json")
    #expect(json.code == 77)
    #expect(json.output.contains(#""problems":[{"byte":\#(problem.offset),"clause":"MMIO-DT-03","says":"the register"#))
  }

  @Test("discover shows what is not known of a device as such")
  func unknown() throws {
    let virtioFuzz = try CommandRunner()
    // Without its names, a node has neither 'reg' nor 'interrupts'.
    var blob = VirtioMMIOTree([VirtioMMIONode(base: 0x1000, interrupt: Interrupt(line: 1))]).blob
    for name in ["reg\0", "interrupts\0"] {
      blob[try #require(blob.firstRange(of: Array(name.utf8))).lowerBound] = UInt8(ascii: "x")
    }
    try virtioFuzz.write(blob, to: "a.dtb")
    let result = try virtioFuzz("discover", "a.dtb")
    #expect(result.code == 77)
    #expect(result.output.contains("/virtio_mmio@1000        –     –  –          okay\n"), "\(result.output)")
    #expect(result.output.contains(": MMIO-DT-03: there is no 'reg'"))
    #expect(result.output.contains(": MMIO-DT-04: there is no 'interrupts'"))
    #expect(
      try virtioFuzz("discover", "a.dtb", "--json").output.hasPrefix(
        "[\n{\"interrupts\":[],\"path\":\"/virtio_mmio@1000\",\"problems\":[{"))
  }

  @Test("discover of a tree without such a node says so, and ends with 0")
  func none() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(VirtioMMIOTree([]).blob, to: "a.dtb")
    let result = try virtioFuzz("discover", "a.dtb")
    #expect(result.code == 0)
    #expect(result.output == "no node is compatible with \"virtio,mmio\"\n")
    #expect(try virtioFuzz("discover", "a.dtb", "--json").output == "[]\n")
  }

  @Test("discover of a file that is not there, or is no device tree, ends with 1 and says what would be one")
  func unreadable() throws {
    let virtioFuzz = try CommandRunner()
    let missing = try virtioFuzz("discover", "missing.dtb")
    #expect(missing.code == 1)
    #expect(missing.errors == "Error: missing.dtb: No such file or directory\n")
    try virtioFuzz.write("/dts-v1/;\n/ { };\n", to: "a.dts")
    let source = try virtioFuzz("discover", "a.dts")
    #expect(source.code == 1)
    #expect(
      source.errors
        == "Error: a.dts: byte 0: the magic number is 0x2f647473; a flattened device tree begins with 0xd00dfeed\n")
    #expect(try virtioFuzz("discover").code == 64)
  }
}
