extension Clause {
  static let featDev: [Clause] = [
    Clause(
      .featDev01, "FEAT-DEV-01", .device, .mustNot,
      source: "content.tex:devicenormative:Basic Facilities of a Virtio Device / Feature Bits",
      says: "A feature is not offered when a feature it depends on is missing from the offer.",
      observed: """
        Check the offered set against the dependency table (e.g. net: CTRL_RX needs CTRL_VQ, HOST_TSO4 needs \
        CSUM).
        """),
    Clause(
      .featDev02, "FEAT-DEV-02", .device, .should,
      source: "content.tex:devicenormative:Basic Facilities of a Virtio Device / Feature Bits",
      says: "Any valid subset of the offer is accepted.",
      observed: """
        Random dependency-closed subsets that keep VERSION_1 and, when offered, ACCESS_PLATFORM and ORDER_PLATFORM \
        (refusal is a MAY there, FEAT-DEV-08/09/12) and ZONED of a host-managed disk (BLK-DEV-18): FEATURES_OK \
        sticks. Modern only.
        """),
    Clause(
      .featDev03, "FEAT-DEV-03", .device, .must,
      source: "content.tex:devicenormative:Basic Facilities of a Virtio Device / Feature Bits",
      says: """
        If the accepted set is not one the device will work with, FEATURES_OK does not become set when the driver \
        writes it.
        """,
      observed: """
        Modern: write an unacceptable set (dependency violated, unoffered bit): either FEATURES_OK reads 0 or the \
        bad bit provably has no effect (A9). The broken FEAT-DRV-01/02 do not suspend this clause.
        """),
    Clause(
      .featDev04, "FEAT-DEV-04", .device, .mustNot,
      source: "content.tex:devicenormative:Basic Facilities of a Virtio Device / Feature Bits",
      says: "Bits that are undefined, reserved, or not supported on MMIO or by this device type are not offered.",
      observed: """
        DeviceFeatures words 0-3: bits 25, 26, 31, 37, 44-49, >=128 are 0, and 41/42 off net (on net they are old \
        RSC bits), unless the profile declares a later spec version, which the text exempts; 43 only from HEAD on; \
        device-type bits missing from the type list, 39 and the transitional 24, 27, 30 on a modern device: \
        warning.
        """),
    Clause(
      .featDev05, "FEAT-DEV-05", .device, .shouldNot,
      source: "content.tex:devicenormative:Basic Facilities of a Virtio Device / Feature Bits",
      says: "A feature set that was accepted once is not refused after a reset.",
      observed: "negotiate S, reset, negotiate S again: FEATURES_OK must stick again; repeat n times."),
    Clause(
      .featDev06, "FEAT-DEV-06", .device, .prose,
      source: "content.tex:sec:Basic Facilities of a Virtio Device / Feature Bits",
      says: "Feature negotiation can be redone only through a reset.",
      observed: """
        After FEATURES_OK (and after DRIVER_OK) write different DriverFeatures: behaviour must stay that of the \
        first set. The driver breaks INIT-DRV-04 here and the text is prose: warning, plus robustness.
        """),
    Clause(
      .featDev07, "FEAT-DEV-07", .device, .must,
      source: "content.tex:devicenormative:Reserved Feature Bits",
      says: "VIRTIO_F_VERSION_1 (bit 32) is offered.",
      observed: "DeviceFeaturesSel=1, read bit 0 = 1 (modern device)."),
    Clause(
      .featDev08, "FEAT-DEV-08", .device, .may,
      source: "content.tex:devicenormative:Reserved Feature Bits",
      says: "The device may refuse to work if VERSION_1 is not accepted.",
      observed: "accept set without bit 32: FEATURES_OK withheld or not are both legal; no crash."),
    Clause(
      .featDev09, "FEAT-DEV-09", .device, .may,
      source: "content.tex:devicenormative:Reserved Feature Bits",
      says: "The device may refuse to work if ACCESS_PLATFORM is offered but not accepted.",
      observed: "as above with bit 33; QEMU withholds FEATURES_OK."),
    Clause(
      .featDev10, "FEAT-DEV-10", .device, .mustNot,
      source: "content.tex:devicenormative:Reserved Feature Bits",
      says: "VIRTIO_F_SR_IOV (bit 37) is not offered by a non-PCI device.",
      observed: "DeviceFeatures word 1 bit 5 is 0."),
    Clause(
      .featDev11, "FEAT-DEV-11", .device, .prose,
      source: "content.tex:sec:Reserved Feature Bits",
      says: """
        VIRTIO_F_NOTIF_CONFIG_DATA (bit 39) needs a transport way to hand out the data, which MMIO lacks, so it \
        has no meaning there.
        """,
      observed: "word 1 bit 7 should be 0 on MMIO (inference from the transport text, warn only; A19)."),
    Clause(
      .featDev12, "FEAT-DEV-12", .device, .may,
      source: "content.tex:devicenormative:Reserved Feature Bits",
      says: "The device may refuse to work, or work more slowly, if ORDER_PLATFORM is offered but not accepted.",
      observed: """
        offer bit 36 and leave it out: FEATURES_OK withheld or not are both legal; FEAT-DEV-02 must not count such \
        a refusal.
        """),
    Clause(
      .featDev13, "FEAT-DEV-13", .device, .should,
      source: "content.tex:devicenormative:Reserved Feature Bits",
      says: "A device whose memory access is translated or limited by the platform offers ACCESS_PLATFORM (33).",
      observed: "not observable on the bus; only for a fixture with an IOMMU (word 1 bit 1)."),
  ]
}
