import ArgumentParser
import VirtioDeviceTree

/// The devices that a device tree tells a guest of.
struct Discover: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the virtio-mmio devices that a device tree tells a guest of, and what is wrong with them.",
    discussion: """
      Example: virtio-fuzz discover virt.dtb

      An address is the processor's, behind the translation by all buses. An interrupt is as its controller counts it. \
      A problem names the clause that the node breaks and the byte where, and the exit code is 77 then.
      """)

  @Argument(help: "A device tree, flattened (DTB).", completion: .file(extensions: ["dtb"]))
  var file: String

  @Flag(help: "Print an array with an object for each device, a line each, instead of a table.")
  var json = false

  func run() throws {
    let bytes = try Files.bytes(file)
    let devices: [DiscoveredDevice]
    do {
      devices = try DeviceTree(blob: bytes).devices
    } catch {
      throw FileError(file, "\(error)")
    }
    print(json ? try devices.json : devices.table, terminator: "")
    if devices.contains(where: { !$0.problems.isEmpty }) { throw ExitCode.finding }
  }
}
