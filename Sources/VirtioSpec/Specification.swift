/// The text that a judge goes by, where texts differ.
public enum Specification: String, CaseIterable, Sendable {
  /// The chapter 'Virtio Over MMIO' of February 2023, with the specification of its time around it.
  case chapter
  /// The specification's version 1.4: it knows VIRTIO_F_SUSPEND (43) and bit 16 of Status.
  case version14 = "1.4"

  /// Whether a driver can suspend a device (VIRTIO_F_SUSPEND).
  public var hasSuspend: Bool { self == .version14 }

  /// The feature bits that a driver never accepts of a device of this type over MMIO (section 2.2): they are reserved,
  /// not described, for other transports only (37 and 41), or not of the device type. Of a type that is not known here,
  /// its own bits are left out.
  public func foreignFeatures(of type: DeviceType?) -> FeatureBits {
    var foreign: FeatureBits = []
    // 24, 27 and 30 are bits that a device may offer to legacy drivers.
    for bit in [25, 26, 31, 37] + Array(44...49) { foreign.insert(FeatureBits(bit: bit)) }
    if !hasSuspend { foreign.insert(.suspend) }
    guard let type, type == .block || type == .entropy else { return foreign }
    let own: [Int] = type == .block ? [0, 1, 2, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17] : []
    for bit in Array(0...23) + [41, 42] + Array(50...127) where !own.contains(bit) {
      foreign.insert(FeatureBits(bit: bit))
    }
    return foreign
  }
}
