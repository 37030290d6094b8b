extension Clause {
  static let rngDrv: [Clause] = [
    Clause(
      .rngDrv01, "RNG-DRV-01", .driver, .mustNot,
      source: """
        device-types/entropy/description.tex:drivernormative:Device Types / Entropy Device / Device Operation
        """,
      says: "No device-readable buffer is queued.",
      observed: "trace rule: readable descriptor in queue 0. Adversarial: not written, clean handling."),
    Clause(
      .rngDrv02, "RNG-DRV-02", .driver, .must,
      source: """
        device-types/entropy/description.tex:drivernormative:Device Types / Entropy Device / Device Operation
        """,
      says: "The used length is consulted to know how many bytes arrived.",
      observed: "fake-device mode: short len."),
  ]
}
