extension Clause {
  static let featDrv: [Clause] = [
    Clause(
      .featDrv01, "FEAT-DRV-01", .driver, .mustNot,
      source: "content.tex:drivernormative:Basic Facilities of a Virtio Device / Feature Bits",
      says: "The driver accepts no feature that was not offered.",
      observed: """
        trace rule: at the FEATURES_OK write (legacy: DRIVER_OK) the accepted set has a bit that was not in the \
        offer read since the last reset.
        """),
    Clause(
      .featDrv02, "FEAT-DRV-02", .driver, .mustNot,
      source: "content.tex:drivernormative:Basic Facilities of a Virtio Device / Feature Bits",
      says: "The driver accepts no feature whose prerequisite it does not accept.",
      observed: "trace rule: dependency table check on the accepted set."),
    Clause(
      .featDrv03, "FEAT-DRV-03", .driver, .must,
      source: "content.tex:drivernormative:Basic Facilities of a Virtio Device / Feature Bits",
      says: """
        Bits that are undescribed, reserved, foreign to the transport or to the device type are ignored and not \
        accepted.
        """,
      observed: "fake-device mode: offer such bits; driver must not echo them."),
    Clause(
      .featDrv04, "FEAT-DRV-04", .driver, .mustNot,
      source: "content.tex:drivernormative:Basic Facilities of a Virtio Device / Feature Bits",
      says: "The driver does not give up merely because an unknown feature is offered.",
      observed: "fake-device mode: offer an unknown bit in addition; init must complete."),
    Clause(
      .featDrv05, "FEAT-DRV-05", .driver, .must,
      source: "content.tex:drivernormative:Basic Facilities of a Virtio Device / Feature Bits",
      says: "If a needed feature is missing and no compatible mode exists, the driver sets FAILED and stops.",
      observed: "trace rule: Status write with bit 7 and no later queue setup."),
    Clause(
      .featDrv06, "FEAT-DRV-06", .driver, .must,
      source: "content.tex:drivernormative:Reserved Feature Bits",
      says: "VERSION_1 is accepted when offered.",
      observed: "trace rule: accepted word 1 bit 0 set."),
    Clause(
      .featDrv07, "FEAT-DRV-07", .driver, .should,
      source: "content.tex:drivernormative:Reserved Feature Bits",
      says: "RING_PACKED is accepted when offered.",
      observed: """
        trace rule: informational (same advice exists for ACCESS_PLATFORM, ORDER_PLATFORM, NOTIF_CONFIG_DATA).
        """),
  ]
}
