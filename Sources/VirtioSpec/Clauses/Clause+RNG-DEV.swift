extension Clause {
  static let rngDev: [Clause] = [
    Clause(
      .rngDev01, "RNG-DEV-01", .device, .must,
      source: """
        device-types/entropy/description.tex:devicenormative:Device Types / Entropy Device / Device Operation
        """,
      says: "Each used buffer holds at least one random byte.",
      observed: """
        used len >= 1 for every chain with at least one writable byte (a len of 0 is a violation); readable-only \
        or empty chains break RNG-DRV-01: not judged.
        """),
    Clause(
      .rngDev02, "RNG-DEV-02", .device, .may,
      source: """
        device-types/entropy/description.tex:devicenormative:Device Types / Entropy Device / Device Operation
        """,
      says: "Less than the whole buffer may be filled.",
      observed: "len < buffer size is legal; bytes counted by len must be overwritten (two poison patterns)."),
    Clause(
      .rngDev03, "RNG-DEV-03", .device, .prose,
      source: "device-types/entropy/description.tex:sec:Device Types / Entropy Device / Virtqueues",
      says: "There is exactly one queue, index 0.",
      observed: "QueueNumMax(0)>0, QueueNumMax(1)=0 (A6)."),
    Clause(
      .rngDev04, "RNG-DEV-04", .device, .prose,
      source: "device-types/entropy/description.tex:sec:Device Types / Entropy Device / Feature bits",
      says: "No device-specific feature bits and no configuration fields exist.",
      observed: """
        DeviceFeatures bits 0-23, 41, 42 and 50-127 are 0 (non-zero = warning: a later spec version may define \
        some).
        """),
  ]
}
