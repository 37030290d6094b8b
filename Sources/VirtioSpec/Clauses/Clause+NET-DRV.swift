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
    Clause(
      .netDrv03, "NET-DRV-03", .driver, .must,
      source: """
        device-types/net/description.tex:drivernormative:Device Types / Network Device / Device Operation / Packet \
        Transmission
        """,
      says: "Without VIRTIO_NET_F_CSUM flags is 0 on transmit.",
      observed: "trace rule: header check in transmitq."),
    Clause(
      .netDrv04, "NET-DRV-04", .driver, .mustNot,
      source: """
        device-types/net/description.tex:drivernormative:Device Types / Network Device / Device Operation / Packet \
        Transmission
        """,
      says: "DATA_VALID and RSC_INFO are not set on transmit.",
      observed: "as NET-DRV-03."),
    Clause(
      .netDrv05, "NET-DRV-05", .driver, .mustNot,
      source: """
        device-types/net/description.tex:drivernormative:Device Types / Network Device / Device Operation / Packet \
        Transmission
        """,
      says: "gso_type asks for no segmentation whose feature was not accepted.",
      observed: "as NET-DRV-03."),
    Clause(
      .netDrv06, "NET-DRV-06", .driver, .must,
      source: """
        device-types/net/description.tex:drivernormative:Device Types / Network Device / Device Operation / Packet \
        Transmission
        """,
      says: "A gso_type other than NONE comes with NEEDS_CSUM and with gso_size.",
      observed: "as NET-DRV-03."),
    Clause(
      .netDrv07, "NET-DRV-07", .driver, .must,
      source: """
        device-types/net/description.tex:drivernormative:Device Types / Network Device / Device Operation / Setting \
        Up Receive Buffers
        """,
      says: "With MRG_RXBUF each receive buffer has room for struct virtio_net_hdr.",
      observed: "trace rule: size of a buffer that comes back."),
    Clause(
      .netDrv08, "NET-DRV-08", .driver, .mustNot,
      source: """
        device-types/net/description.tex:drivernormative:Device Types / Network Device / Device Operation / Control \
        Virtqueue
        """,
      says: "A command is not issued without the feature that it belongs to.",
      observed: """
        trace rule: what the control queue carries. VIRTIO_NET_CTRL_MAC_ADDR_SET: with either feature (CTRL_RX by \
        this text, CTRL_MAC_ADDR by what that is for).
        """),
    Clause(
      .netDrv09, "NET-DRV-09", .driver, .mustNot,
      source: """
        device-types/net/description.tex:drivernormative:Device Types / Network Device / Device Operation / Control \
        Virtqueue / Automatic receive steering in multiqueue mode
        """,
      says: "virtqueue_pairs is neither 0 nor more than max_virtqueue_pairs.",
      observed: "as NET-DRV-08."),
    Clause(
      .netDrv10, "NET-DRV-10", .driver, .mustNot,
      source: """
        device-types/net/description.tex:drivernormative:Device Types / Network Device / Device Operation / Control \
        Virtqueue / Offloads State Configuration / Setting Offloads State
        """,
      says: "No offload is enabled whose feature was not accepted.",
      observed: "as NET-DRV-08."),
  ]
}
