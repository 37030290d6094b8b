/// The text that a judge goes by, where texts differ.
public enum Specification: String, CaseIterable, Sendable {
  /// The chapter 'Virtio Over MMIO' of February 2023, with the specification of its time around it.
  case chapter
  /// The specification's version 1.4: it knows VIRTIO_F_SUSPEND (43) and SUSPEND (16) of Status.
  case version14 = "1.4"

  /// Whether a driver can suspend a device (VIRTIO_F_SUSPEND).
  public var hasSuspend: Bool { self == .version14 }

  /// The feature bits that a driver never accepts of a device of this type over MMIO (section 2.2): they are reserved,
  /// not described, for other transports or the other interface only, or not of the device type. Of a type that is not known
  /// here, its own bits are left out. Of bits that came behind the chapter only 43 is told apart, which changes Status.
  public func foreignFeatures(of type: DeviceType?, over transport: Transport = .modern) -> FeatureBits {
    let later: FeatureBits = hasSuspend ? [] : .suspend
    let foreign = FeatureBits.reserved(for: type).union(type.map(FeatureBits.foreign(to:)) ?? []).union(later)
    guard transport == .legacy else { return foreign.union([.notifyOnEmpty, .anyLayout]) }
    return foreign.subtracting(type.map(FeatureBits.ofLegacy) ?? [])
  }
}
