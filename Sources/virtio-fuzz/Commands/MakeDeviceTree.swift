import ArgumentParser
import VirtioDeviceTree
import VirtioProgram
import VirtioSpec

/// A device tree that tells a guest of a device.
struct MakeDeviceTree: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "device-tree",
    abstract: "Makes a device tree with the node of a virtio-mmio device, as source or flattened.",
    discussion: """
      Example: virtio-fuzz device-tree --base 0x1e000 --interrupt 42 --device block
      Example: virtio-fuzz device-tree --base 0xa000000 --interrupt 0,16,1 -o virt.dtb

      The tree has nothing but the device and a stand-in for its interrupt controller, and is what dtc reads and writes. \
      Three cells of an interrupt are those of Arm's GIC: 0 for a shared one, its number, and 1 for a rising edge or 4 \
      for a high level.
      """)

  @Option(help: "Where the device's registers are, in decimal, or in hexadecimal behind 0x.")
  var base: Number

  @Option(help: "How many bytes the registers and the configuration space have.")
  var size = Number(value: 0x200)

  @Option(help: ArgumentHelp("The interrupt's line, or its three cells.", valueName: "cells"))
  var interrupt: Interrupt

  @Option(
    help: "What the device is. The node of a block or entropy device is called after it, any other one virtio_mmio.")
  var device: Header.Device?

  @Option(
    name: .shortAndLong, help: "The file for the flattened tree (DTB), replaced if it is there, instead of source.",
    completion: .file(extensions: ["dtb"]))
  var output: String?

  private var tree: VirtioMMIOTree {
    VirtioMMIOTree([VirtioMMIONode(device?.type, base: base.value, size: size.value, interrupt: interrupt)])
  }

  /// What is written has no problem that `discover` would show.
  func validate() throws {
    let problems = try DeviceTree(blob: tree.blob).devices.flatMap(\.problems)
    guard let problem = problems.first else { return }
    throw ValidationError("\(problem.clause.name): \(problem.kind)")
  }

  func run() throws {
    guard let output else { return print(tree.source, terminator: "") }
    try Files.write(tree.blob, to: output)
  }
}

extension Interrupt: ExpressibleByArgument {
  public init?(argument: String) {
    let cells = argument.split(separator: ",", omittingEmptySubsequences: false).map { Number(argument: String($0)) }
    let words = cells.compactMap { $0.flatMap { UInt32(exactly: $0.value) } }
    guard words.count == cells.count else { return nil }
    switch words.count {
    case 1: self.init(line: words[0])
    case 3: self.init(type: words[0], number: words[1], flags: words[2])
    default: return nil
    }
  }
}
