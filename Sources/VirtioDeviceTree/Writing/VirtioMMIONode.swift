import VirtioSpec

/// A node that tells a guest of one virtio-mmio device (section 4.2.1, MMIO Device Discovery).
public struct VirtioMMIONode: Equatable, Sendable {
  /// What the node is called after; nil for `virtio_mmio`. The guest learns the type from DeviceID.
  public var type: DeviceType?
  /// It is written as it is: also where it is too small, so that a guest can be shown such a one.
  public var window: RegisterWindow
  public var interrupt: Interrupt

  /// - Parameters:
  ///   - type: What the node is called after; nil for `virtio_mmio`.
  ///   - base: The address of MagicValue.
  ///   - size: In bytes; by default that of the specification's example.
  ///   - interrupt: The one that the device raises.
  public init(_ type: DeviceType? = nil, base: UInt64, size: UInt64 = 0x200, interrupt: Interrupt) {
    self.type = type
    self.window = RegisterWindow(base: base, size: size)
    self.interrupt = interrupt
  }

  /// The node in the source language, to stand in a bus whose `#address-cells` and `#size-cells` are both 1, or both 2
  /// where base or size need more than 32 bits.
  public var source: String { treeNode(cells: cells, interruptParent: nil).source() }

  /// How many cells base and size have each.
  var cells: Int { max(window.base, window.size) >> 32 == 0 ? 1 : 2 }

  func treeNode(cells: Int, interruptParent: UInt32?) -> TreeNode {
    let name = "\(type?.nodeName ?? DeviceType.placeholder.nodeName)@\(String(window.base, radix: 16))"
    let reg = [window.base, window.size].flatMap { number in
      (0..<cells).reversed().map { UInt32(truncatingIfNeeded: number >> (32 * $0)) }
    }
    return TreeNode(
      name: name,
      properties: [
        (.compatible, .string(Binding.compatible)),
        (.reg, .addresses(reg)),
      ] + (interruptParent.map { [(.interruptParent, .numbers([$0]))] } ?? []) + [
        (.interrupts, .numbers(interrupt.cells))
      ])
  }
}
