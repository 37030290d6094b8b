extension Clause {
  static let netDev: [Clause] = [
    Clause(
      .netDev01, "NET-DEV-01", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device configuration \
        layout
        """,
      says: "With MQ offered max_virtqueue_pairs is within 1..0x8000.",
      observed: "16-bit config read at +8."),
    Clause(
      .netDev02, "NET-DEV-02", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device configuration \
        layout
        """,
      says: "With MTU offered mtu is within 68..65535.",
      observed: "16-bit config read at +10."),
    Clause(
      .netDev03, "NET-DEV-03", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device configuration \
        layout
        """,
      says: "With RSS or HASH_REPORT offered rss_max_key_size is at least 40.",
      observed: "8-bit config read at +17."),
    Clause(
      .netDev04, "NET-DEV-04", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device configuration \
        layout
        """,
      says: "With SPEED_DUPLEX accepted duplex holds one of the three defined codes.",
      observed: """
        8-bit config read at +16 is 0, 1 or 0xff (the chapter contradicts itself on which of 0/1 is full, A25).
        """),
    Clause(
      .netDev05, "NET-DEV-05", .device, .prose,
      source: """
        device-types/net/description.tex:sec:Device Types / Network Device / Feature bits / Feature bit \
        requirements
        """,
      says: "Offered features respect the network dependency list.",
      observed: """
        offered set check (e.g. CTRL_RX, CTRL_VLAN, GUEST_ANNOUNCE, MQ need CTRL_VQ; HOST_TSO4 needs CSUM).
        """),
    Clause(
      .netDev06, "NET-DEV-06", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Setting Up Receive Buffers
        """,
      says: "Without MRG_RXBUF a received packet occupies one buffer.",
      observed: """
        inject frames: one used element each, len = header + frame; header is 12 bytes, 20 with HASH_REPORT, 24 \
        with a UDP tunnel feature, 32 with OUT_NET_HEADER or IPSEC accepted (legacy without MRG_RXBUF 10). A frame \
        that does not fit may be dropped.
        """),
    Clause(
      .netDev07, "NET-DEV-07", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Processing of Incoming Packets
        """,
      says: "num_buffers is 1 without MRG_RXBUF and the real buffer count with it.",
      observed: "modern: header bytes 10-11 of received frames. Legacy without MRG_RXBUF has no such field."),
    Clause(
      .netDev08, "NET-DEV-08", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Processing of Incoming Packets
        """,
      says: "With MRG_RXBUF all buffers of a packet but the last are filled completely.",
      observed: "small rx buffers, large frame: used len equals buffer length except for the last."),
    Clause(
      .netDev09, "NET-DEV-09", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Processing of Incoming Packets
        """,
      says: "Without GUEST_CSUM the header flags are 0.",
      observed: "header byte 0 of received frames."),
    Clause(
      .netDev10, "NET-DEV-10", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Processing of Incoming Packets
        """,
      says: "With none of the GUEST_TSO4/TSO6/UFO/USO features accepted gso_type is NONE.",
      observed: "header byte 1 of received frames."),
    Clause(
      .netDev11, "NET-DEV-11", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / Packet \
        Transmission
        """,
      says: "Unknown header flag bits on transmit are ignored.",
      observed: """
        CSUM accepted: set bit 0x80 (the only one that HEAD does not define; 0x08-0x40 count as unknown for \
        devices without these features): frame still leaves unchanged. Without CSUM the driver MUST keep flags 0, \
        so do not test there.
        """),
    Clause(
      .netDev12, "NET-DEV-12", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Control Virtqueue / Setting MAC Address Filtering
        """,
      says: "mac in config space is updated before the MAC_ADDR_SET command buffer is used (with MAC accepted).",
      observed: "read mac as soon as the command is used: new address."),
    Clause(
      .netDev13, "NET-DEV-13", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Control Virtqueue / Automatic receive steering in multiqueue mode
        """,
      says: "After reset only receiveq1 receives packets until pairs are enabled.",
      observed: "MQ accepted, no VQ_PAIRS_SET: used ids only on queue 0."),
    Clause(
      .netDev14, "NET-DEV-14", .device, .should,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device configuration \
        layout
        """,
      says: "With MTU offered mtu is at least 1280.",
      observed: "16-bit config read at +10 (warn)."),
    Clause(
      .netDev15, "NET-DEV-15", .device, .mustNot,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device configuration \
        layout
        """,
      says: "mtu does not change once it has been set.",
      observed: "MTU offered: repeated reads at +10 until the next reset are equal."),
    Clause(
      .netDev16, "NET-DEV-16", .device, .mustNot,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device configuration \
        layout
        """,
      says: """
        With MTU accepted no received packet with gso_type NONE or ECN is longer than mtu plus Ethernet header.
        """,
      observed: """
        inject frames longer than mtu+14 (judge from mtu+18 on, VLAN tag is open): none reaches the receiveq.
        """),
    Clause(
      .netDev17, "NET-DEV-17", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device configuration \
        layout
        """,
      says: """
        With MTU accepted transmitted packets up to mtu plus Ethernet header (gso_type NONE or ECN) are forwarded \
        in one piece.
        """,
      observed: "send mtu+14 bytes: backend gets one identical frame."),
    Clause(
      .netDev18, "NET-DEV-18", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device configuration \
        layout
        """,
      says: "With RSS offered rss_max_indirection_table_length is at least 128.",
      observed: "16-bit config read at +18."),
    Clause(
      .netDev19, "NET-DEV-19", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device configuration \
        layout
        """,
      says: "With SPEED_DUPLEX accepted speed holds the speed in Mbit/s or the code for unknown.",
      observed: """
        32-bit config read at +12: 0..0x7fffffff or 0xffffffff; the printed limits have one digit too many (A25), \
        so other values are a warning.
        """),
    Clause(
      .netDev20, "NET-DEV-20", .device, .shouldNot,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device configuration \
        layout
        """,
      says: "With SPEED_DUPLEX and STATUS accepted speed and duplex stay as they are while the link is up.",
      observed: "reads at +12/+16 while status bit 0 is 1 (warn)."),
    Clause(
      .netDev21, "NET-DEV-21", .device, .shouldNot,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device configuration \
        layout
        """,
      says: "HASH_REPORT and CTRL_RX_EXTRA are not offered without CTRL_VQ.",
      observed: "offered set check (warn; not part of the MUST NOT of FEAT-DEV-01)."),
    Clause(
      .netDev22, "NET-DEV-22", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Processing of Incoming Packets
        """,
      says: "All buffers of one packet become used together.",
      observed: """
        MRG_RXBUF: when the first buffer of a frame shows used, at least num_buffers entries do (one used.idx step \
        or one notification).
        """),
    Clause(
      .netDev23, "NET-DEV-23", .device, .should,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Processing of Incoming Packets
        """,
      says: "Without GUEST_CSUM received packets carry a complete checksum.",
      observed: "backend frame with partial checksum: delivered frame has a valid one (warn)."),
    Clause(
      .netDev24, "NET-DEV-24", .device, .mustNot,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Processing of Incoming Packets
        """,
      says: """
        gso_type of a received packet names only a kind whose feature was accepted: TCPV4 TSO4, TCPV6 TSO6, UDP \
        UFO, UDP_L4 USO4 or USO6.
        """,
      observed: """
        header byte 1 (without 0x80) vs accepted GUEST_* set, after CTRL_GUEST_OFFLOADS vs the enabled set.
        """),
    Clause(
      .netDev25, "NET-DEV-25", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Processing of Incoming Packets
        """,
      says: "A received packet with gso_type other than NONE has NEEDS_CSUM set and a gso_size.",
      observed: "header byte 0 bit 0 and bytes 4-5 non-zero."),
    Clause(
      .netDev26, "NET-DEV-26", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Processing of Incoming Packets
        """,
      says: """
        With NEEDS_CSUM on receive csum_start/csum_offset lie so that summing from csum_start to the end completes \
        the packet.
        """,
      observed: "complete the checksum as told: valid packet; offsets inside the frame."),
    Clause(
      .netDev27, "NET-DEV-27", .device, .mustNot,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Processing of Incoming Packets
        """,
      says: "Without RSC_EXT the RSC_INFO flag is not set.",
      observed: "header byte 0 bit 2 is 0."),
    Clause(
      .netDev28, "NET-DEV-28", .device, .mustNot,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Processing of Incoming Packets
        """,
      says: """
        Without the GUEST_UDP_TUNNEL_GSO features the tunnel bits of gso_type and flag UDP_TUNNEL_CSUM are not \
        set.
        """,
      observed: "header byte 1 bits 0x60 and byte 0 bit 0x08 are 0 (HEAD only)."),
    Clause(
      .netDev29, "NET-DEV-29", .device, .shouldNot,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Processing of Incoming Packets
        """,
      says: """
        Without GUEST_ECN no packet that needs segmentation and has ECN set is passed on; with it the ECN bit of \
        gso_type MUST be set for one.
        """,
      observed: "inject GSO frames with ECN."),
    Clause(
      .netDev30, "NET-DEV-30", .device, .should,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Processing of Incoming Packets
        """,
      says: """
        With a GUEST_TSO4/TSO6/UFO/USO feature accepted hdr_len is not less than the headers including transport.
        """,
      observed: "header bytes 2-3 of GSO frames (warn)."),
    Clause(
      .netDev31, "NET-DEV-31", .device, .mustNot,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / Packet \
        Transmission
        """,
      says: "Without NEEDS_CSUM csum_start and csum_offset are not used on transmit.",
      observed: "random values there with flags 0: frame leaves unchanged, no fault."),
    Clause(
      .netDev32, "NET-DEV-32", .device, .mustNot,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / Packet \
        Transmission
        """,
      says: "Without GUEST_HDRLEN, or with gso_type NONE, hdr_len is not relied on.",
      observed: "HOST_* feature accepted: random hdr_len: same frames leave, no fault."),
    Clause(
      .netDev33, "NET-DEV-33", .device, .mustNot,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / Packet \
        Transmission
        """,
      says: """
        A transmit header with contradictory tunnel bits is not accepted (both bits; tunnel without NEEDS_CSUM, \
        with DATA_VALID or with base type NONE).
        """,
      observed: "HOST_UDP_TUNNEL_GSO accepted: no frame leaves (HEAD only)."),
    Clause(
      .netDev34, "NET-DEV-34", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Control Virtqueue / Packet Receive Filtering
        """,
      says: "With CTRL_RX accepted the commands PROMISC and ALLMULTI are supported.",
      observed: "class 0 command 0 and 1 with data 0/1: ack 0. Effects are SHOULD."),
    Clause(
      .netDev35, "NET-DEV-35", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Control Virtqueue / Packet Receive Filtering
        """,
      says: "With CTRL_RX_EXTRA accepted the commands ALLUNI, NOMULTI, NOUNI and NOBCAST are supported.",
      observed: "class 0 command 2..5 with data 0/1: ack 0. Effects are SHOULD."),
    Clause(
      .netDev36, "NET-DEV-36", .device, .should,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Control Virtqueue / Packet Receive Filtering
        """,
      says: """
        The receive modes take effect: promiscuous passes all, allmulti/alluni pass theirs, the NO* modes drop \
        theirs.
        """,
      observed: "inject unicast/multicast/broadcast frames per mode (warn; prose calls filtering best-effort)."),
    Clause(
      .netDev37, "NET-DEV-37", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Control Virtqueue / Setting MAC Address Filtering
        """,
      says: "The MAC filter table is empty after reset.",
      observed: """
        set a table, reset, re-init: foreign unicast that the old table allowed is not needed to pass; passing is \
        a warning only (NET-DEV-39 is SHOULD).
        """),
    Clause(
      .netDev38, "NET-DEV-38", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Control Virtqueue / Setting MAC Address Filtering
        """,
      says: "The filter table is updated before MAC_TABLE_SET is used.",
      observed: "inject a frame for a listed address right after the command is used: delivered."),
    Clause(
      .netDev39, "NET-DEV-39", .device, .should,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Control Virtqueue / Setting MAC Address Filtering
        """,
      says: "Frames for an address that is neither mac nor in the table are dropped.",
      observed: "inject foreign unicast without promiscuous mode (warn)."),
    Clause(
      .netDev40, "NET-DEV-40", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Control Virtqueue / VLAN Filtering
        """,
      says: "Without CTRL_VLAN all VLAN-tagged packets are accepted.",
      observed: "inject tagged frames to the own mac: delivered."),
    Clause(
      .netDev41, "NET-DEV-41", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Control Virtqueue / VLAN Filtering
        """,
      says: """
        With CTRL_VLAN accepted tagged packets with an id in the table are accepted (others SHOULD be dropped).
        """,
      observed: "VLAN_ADD id, inject tagged frame to the own mac: delivered; absent id delivered = warning."),
    Clause(
      .netDev42, "NET-DEV-42", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Control Virtqueue / Gratuitous Packet Sending
        """,
      says: "With GUEST_ANNOUNCE accepted the ANNOUNCE bit of status is cleared before ANNOUNCE_ACK is used.",
      observed: "16-bit config read at +6 when the command is used: bit 1 is 0 (no newer announce injected)."),
    Clause(
      .netDev43, "NET-DEV-43", .device, .mustNot,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Control Virtqueue / Automatic receive steering in multiqueue mode
        """,
      says: "Once VQ_PAIRS_SET n is used no packet is put on a receive queue above n.",
      observed: "shrink pairs, inject many flows: used ids only on receiveq1..n after the command was used."),
    Clause(
      .netDev44, "NET-DEV-44", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Control Virtqueue / Automatic receive steering in multiqueue mode
        """,
      says: """
        If all receive queues are being reset a packet is dropped (if only its queue is, another SHOULD be \
        chosen).
        """,
      observed: """
        RING_RESET accepted: inject frames during the reset: no ring access, no late delivery of these frames.
        """),
    Clause(
      .netDev45, "NET-DEV-45", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Control Virtqueue / Receive-side scaling (RSS) / RSS processing
        """,
      says: """
        With RSS configured the target queue follows hash, mask and indirection table; unhashed packets go to \
        unclassified_queue; a queue under reset drops.
        """,
      observed: "known key and flows: used ids on the computed queue."),
    Clause(
      .netDev46, "NET-DEV-46", .device, .must,
      source: """
        device-types/net/description.tex:devicenormative:Device Types / Network Device / Device Operation / \
        Control Virtqueue / Notifications Coalescing
        """,
      says: """
        Coalescing parameters start at 0 after reset, reserved fields are ignored, and VQ_SET/VQ_GET for a queue \
        that is no enabled rx/tx queue get ERR.
        """,
      observed: "NOTF_COAL/VQ_NOTF_COAL accepted: ack byte and VQ_GET values."),
    Clause(
      .netDev47, "NET-DEV-47", .device, .prose,
      source: "device-types/net/description.tex:sec:Device Types / Network Device / Virtqueues",
      says: """
        Queues are rx/tx pairs 0..2N-1 and controlq at 2N, only with CTRL_VQ; N is 1 without MQ and RSS, else \
        max_virtqueue_pairs.
        """,
      observed: """
        no MQ/RSS/CTRL_VQ offered: QueueNumMax(2)=0; MQ accepted: control commands at 2*max_virtqueue_pairs are \
        served (A6).
        """),
    Clause(
      .netDev48, "NET-DEV-48", .device, .prose,
      source: """
        device-types/net/description.tex:sec:Device Types / Network Device / Device Operation / Control Virtqueue
        """,
      says: "Each control command is answered by an ack byte, 0 OK or 1 ERR.",
      observed: """
        poison ack with 0xff: 0 or 1 for every framed command; unknown class or command answered OK = warning (no \
        text).
        """),
    Clause(
      .netDev49, "NET-DEV-49", .device, .must,
      source: """
        device-types/net/description.tex:sec:Device Types / Network Device / Device configuration layout / Legacy \
        Interface: Device configuration layout
        """,
      says: "Legacy: status and max_virtqueue_pairs (and header and control fields) are in guest-native byte order.",
      observed: "big-endian guest profile only."),
  ]
}
