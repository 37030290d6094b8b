import Foundation
import Testing

/// Whether QEMU is installed: where it is not, nothing of it can be tried.
private let hasQEMU = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").contains {
  FileManager.default.isExecutableFile(atPath: "\($0)/qemu-system-aarch64")
}

@Suite("--device qemu:DEVICE", .enabled(if: hasQEMU == true, "qemu-system-aarch64 is not installed"), .serialized)
struct QEMUTests {
  private static let start = "negotiate accept=0x100000000\nqueue size=4\nstatus set=driver-ok\n"

  @Test("drives each device, modern and legacy, to a chain that it returns", arguments: ["", ",legacy"])
  func chains(interface: String) throws {
    let virtioFuzz = try CommandRunner()
    for (device, request, data) in [
      (
        "blk",
        "publish request=write sector=3 length=512 flags=kick\nservice\npublish request=read sector=3 length=512 flags=kick\nservice",
        "device writes 512 at "
      ),
      ("rng", "publish length=64 flags=kick\nservice", "device writes 64 at "),
    ] {
      try virtioFuzz.write("virtio-program 1\ndevice block\n\(Self.start)\(request)\n", to: "a.txt")
      let shown = try virtioFuzz(
        "show", "--verdict", "--device", "qemu:\(device)\(interface)", "--time-limit", "20", "a.txt")
      #expect(shown.code == 0, "\(shown.errors)")
      #expect(shown.output.contains(data), "\(shown.output)")
      #expect(shown.output.contains("interrupt line rises"), "\(shown.output)")
    }
  }

  @Test("moves characters and frames both ways")
  func outside() throws {
    let virtioFuzz = try CommandRunner()
    for (device, steps, expected) in [
      (
        "console",
        "queue queue=1 size=4\nstatus set=driver-ok\npublish length=16 flags=kick\ndeliver length=5\npublish queue=1 length=8 flags=kick",
        ["5 bytes come in at port 0", "device writes 5 at ", "8 bytes come out at port 0"]
      ),
      (
        "net", "queue queue=1 size=4\nstatus set=driver-ok\npublish length=1526 flags=kick\ndeliver length=60",
        ["70 bytes come in at port 0", "device writes 72 at "]
      ),
    ] {
      try virtioFuzz.write(
        "virtio-program 1\ndevice \(device == "net" ? "network" : device)\nnegotiate accept=0x100000000\nqueue size=4\n\(steps)\n",
        to: "a.txt")
      let shown = try virtioFuzz("show", "--verdict", "--device", "qemu:\(device)", "--time-limit", "20", "a.txt")
      #expect(shown.code == 0, "\(shown.errors)")
      for text in expected { #expect(shown.output.contains(text), "\(device): \(shown.output)") }
    }
  }

  @Test("what is no device, no option, or no QEMU is an error that says why")
  func errors() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write("virtio-program 1\ndevice block\nnegotiate\n", to: "a.txt")
    for (device, code, problem) in [
      ("qemu:disk", 64, "'disk' is no device; it can be blk, rng, console, net"),
      ("qemu:blk,machine=pc", 64, "'pc' is no machine; it can be virt or microvm"),
      ("qemu:blk,old", 64, "'old' is no option"),
      ("qemu:blk,binary=/bin/false", 1, "/bin/false"),
      ("qemu:blk,no-such=1", 1, "no-such"),
    ] as [(String, Int32, String)] {
      let result = try virtioFuzz("show", "--verdict", "--device", device, "--time-limit", "20", "a.txt")
      #expect(result.code == code, "\(device): \(result.errors)")
      #expect(result.errors.contains(problem), "\(device): \(result.errors)")
    }
  }
}
