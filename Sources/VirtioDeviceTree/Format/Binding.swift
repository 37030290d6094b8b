import VirtioSpec

/// What the binding of section 4.2.1, MMIO Device Discovery, has its nodes say.
enum Binding {
  static let compatible = "virtio,mmio"
  /// What the name of each node begins with that is written here; the section's example is `virtio_block`.
  static let namePrefix = "virtio_"

  /// The bytes that a register window has at least: the control registers, and the configuration space of `type`.
  static func minimumSize(for type: DeviceType?) -> UInt64 {
    UInt64(Register.configBase) + UInt64(type.map(ConfigField.layoutSize) ?? 0)
  }
}

extension DeviceType {
  private static let nodeNames: [(type: DeviceType, name: String)] = [
    (.network, "virtio_network"), (.block, "virtio_block"), (.entropy, "virtio_entropy"),
  ]

  /// The name of a node for it, without the unit address.
  var nodeName: String { Self.nodeNames.first { $0.type == self }?.name ?? "\(Binding.namePrefix)mmio" }

  /// The type that a node's name tells, if it does.
  init?(nodeName: some StringProtocol) {
    guard let found = Self.nodeNames.first(where: { $0.name == nodeName }) else { return nil }
    self = found.type
  }
}
