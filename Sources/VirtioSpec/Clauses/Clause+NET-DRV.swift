extension Clause {
  static let netDrv: [Clause] = [
    Clause(
      .netDrv01, "NET-DRV-01", .driver, .mustNot,
      source: """
        device-types/net/description.tex:drivernormative:Device Types / Network Device / Device configuration \
        layout
        """,
      says: "Configuration fields are never written (modern interface).",
      observed: "trace rule: write at 0x100+."),
    Clause(
      .netDrv02, "NET-DRV-02", .driver, .must,
      source: """
        device-types/net/description.tex:drivernormative:Device Types / Network Device / Device Operation / Packet \
        Transmission
        """,
      says: "num_buffers is 0 on transmit.",
      observed: "trace rule: header check in transmitq; legacy without MRG_RXBUF has no such field."),
  ]
}
