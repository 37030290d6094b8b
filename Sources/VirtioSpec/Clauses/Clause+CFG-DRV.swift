extension Clause {
  static let cfgDrv: [Clause] = [
    Clause(
      .cfgDrv01, "CFG-DRV-01", .driver, .mustNot,
      source: "content.tex:drivernormative:Basic Facilities of a Virtio Device / Device Configuration Space",
      says: "Reads of more than 32 bits or of several fields are not taken as atomic.",
      observed: "fake-device mode: flip capacity between the halves; driver must not use the torn value."),
    Clause(
      .cfgDrv02, "CFG-DRV-02", .driver, .should,
      source: "content.tex:drivernormative:Basic Facilities of a Virtio Device / Device Configuration Space",
      says: "Multi-access reads are bracketed by ConfigGeneration reads and repeated until both agree.",
      observed: """
        trace rule: modern, two 32-bit reads of a le64 field (or u8 reads of mac) without surrounding 0x0fc reads; \
        the legacy interface has no such register.
        """),
    Clause(
      .cfgDrv03, "CFG-DRV-03", .driver, .must,
      source: "content.tex:drivernormative:Basic Facilities of a Virtio Device / Device Configuration Space",
      says: "An optional field is accessed only after checking that its feature is offered.",
      observed: "trace rule: access to a field whose feature bit was 0 in DeviceFeatures."),
    Clause(
      .cfgDrv04, "CFG-DRV-04", .driver, .mustNot,
      source: "content.tex:drivernormative:Basic Facilities of a Virtio Device / Device Configuration Space",
      says: "The driver does not demand an exact configuration size; larger is fine.",
      observed: "fake-device mode: serve a longer config window; init must complete."),
  ]
}
