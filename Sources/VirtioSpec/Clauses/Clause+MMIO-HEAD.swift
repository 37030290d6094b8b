extension Clause {
  static let mmioHead: [Clause] = [
    Clause(
      .mmioHead01, "MMIO-HEAD-01", .device, .prose,
      source: """
        transport-mmio.tex:sec:Virtio Transport Options / Virtio Over MMIO / Features reserved for future use
        """,
      says: "VIRTIO_F_ADMIN_VQ (bit 41) is not available over MMIO and kept for later use.",
      observed: """
        DeviceFeatures word 1 bit 9 is 0 on any non-network MMIO device (bit 41 doubles as a legacy net bit).
        """)
  ]
}
