import Foundation
import Testing
import VirtioDeviceTree

@Suite("dtc", .enabled(if: Dtc.isThere, "there is no dtc on PATH: install Debian's device-tree-compiler"))
struct DtcTests {
  @Test(
    "takes what is flattened here, and what is source, without a warning, for the same", arguments: RoundTripTests.trees
  )
  func bothWays(nodes: [VirtioMMIONode]) throws {
    let tree = VirtioMMIOTree(nodes)
    let fromBlob = try Dtc.convert(tree.blob, from: "dtb", to: "dts")
    let fromSource = try Dtc.convert([UInt8](tree.source.utf8), from: "dts", to: "dts")
    #expect(fromBlob.errors == "")
    #expect(fromSource.errors == "")
    #expect(fromBlob.code == 0 && fromSource.code == 0)
    #expect(fromBlob.output == fromSource.output)
    let text = String(decoding: fromBlob.output, as: UTF8.self)
    #expect(text.split(separator: "virtio,mmio").count == nodes.count + 1)
  }

  @Test("flattens the source so that the nodes are found", arguments: RoundTripTests.trees)
  func compiled(nodes: [VirtioMMIONode]) throws {
    let result = try Dtc.convert([UInt8](VirtioMMIOTree(nodes).source.utf8), from: "dts", to: "dtb")
    #expect(result.code == 0)
    try expectFound(nodes, in: DeviceTree(blob: result.output))
  }

  @Test("flattens a tree with buses, where nodes are found behind them")
  func buses() throws {
    let source = """
      /dts-v1/;
      /memreserve/ 0x1000 0x2000;
      / {
        #address-cells = <2>;
        #size-cells = <2>;
        soc {
          #address-cells = <1>;
          #size-cells = <1>;
          ranges = <0x0 0x8 0x0 0x10000>, <0x20000 0x9 0x40000000 0x1000>;
          interrupt-parent = <&gic>;
          inner { #address-cells = <1>; #size-cells = <1>; ranges;
            virtio@20200 { compatible = "acme,blk", "virtio,mmio"; reg = <0x20200 0x200>; interrupts = <0 5 4>; };
          };
          virtio@3000 {
            compatible = "virtio,mmio"; reg = <0x3000 0x200>; interrupts-extended = <&pic 9>; status = "disabled";
          };
          gic: a { interrupt-controller; #address-cells = <0>; #interrupt-cells = <3>; };
          pic: b { interrupt-controller; #address-cells = <0>; #interrupt-cells = <1>; };
        };
      };
      """
    let result = try Dtc.convert([UInt8](source.utf8), from: "dts", to: "dtb")
    try #require(result.code == 0, "\(result.errors)")
    let devices = try DeviceTree(blob: result.output).devices
    #expect(devices.map(\.path) == ["/soc/inner/virtio@20200", "/soc/virtio@3000"])
    #expect(
      devices.map(\.window) == [
        RegisterWindow(base: 0x9_4000_0200, size: 0x200), RegisterWindow(base: 0x8_0000_3000, size: 0x200),
      ])
    #expect(
      devices.map(\.interrupts) == [[Interrupt(type: 0, number: 5, flags: 4)], [Interrupt(line: 9)]])
    #expect(devices.map(\.status) == [.okay, .disabled])
    #expect(devices.allSatisfy { $0.problems.isEmpty })
  }
}

/// The device tree compiler.
private enum Dtc {
  static let executable = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { "\($0)/dtc" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  static var isThere: Bool { executable != nil }

  static func convert(
    _ input: [UInt8], from: String, to: String
  ) throws -> (code: Int32, output: [UInt8], errors: String) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "virtio-fuzz-dtc-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (source, output, errors) = (
      folder.appending(path: "in"), folder.appending(path: "out"), folder.appending(path: "errors")
    )
    try Data(input).write(to: source)
    try Data().write(to: errors)
    let process = Process()
    process.executableURL = URL(filePath: try #require(executable))
    process.arguments = ["-I", from, "-O", to, "-o", output.path, source.path]
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return (
      process.terminationStatus, [UInt8]((try? Data(contentsOf: output)) ?? Data()),
      String(decoding: try Data(contentsOf: errors), as: UTF8.self)
    )
  }
}
