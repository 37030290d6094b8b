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
    // 24, 27 and 30 are bits that a device may offer to legacy drivers.
    var foreign: UInt128 = 1 << 25 | 1 << 26 | 1 << 31 | 1 << 37 | 0x3f << 44
    if !hasSuspend { foreign |= FeatureBits.suspend.rawValue }
    guard let type, type == .block || type == .entropy else { return FeatureBits(rawValue: foreign) }
    // Bits 0 to 23, 41, 42 and 50 to 127 are for device types: a block device has 0 to 2, 4 to 7 and 9 to 17.
    let forTypes: UInt128 = 0xff_ffff | 0x3 << 41 | UInt128.max << 50
    return FeatureBits(rawValue: foreign | forTypes & ~(type == .block ? 0x3_fef7 : 0))
  }
}
