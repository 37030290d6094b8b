extension Clause {
  static let shmDev: [Clause] = [
    Clause(
      .shmDev01, "SHM-DEV-01", .device, .mustNot,
      source: "shared-mem.tex:devicenormative:Basic Facilities of a Virtio Device / Shared Memory Regions",
      says: "Shared regions are not used to control the device or to stream data.",
      observed: "not observable (design rule).")
  ]
}
