extension Clause {
  static let house: [Clause] = [
    Clause(
      .house01, "HOUSE-01", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: """
        An available index that runs ahead of the device by more than the queue size puts the device into \
        DEVICE_NEEDS_RESET.
        """,
      observed: "Status gains bit 6 in the same register access or poll."),
    Clause(
      .house02, "HOUSE-02", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: "A head index that is not below the queue size puts the device into DEVICE_NEEDS_RESET.",
      observed: "As HOUSE-01."),
    Clause(
      .house03, "HOUSE-03", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: """
        A next index out of range, a chain longer than the queue, or a loop puts the device into \
        DEVICE_NEEDS_RESET.
        """,
      observed: "As HOUSE-01; the chain is never returned."),
    Clause(
      .house04, "HOUSE-04", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: "A readable descriptor after a writable one puts the device into DEVICE_NEEDS_RESET.",
      observed: "As HOUSE-03."),
    Clause(
      .house05, "HOUSE-05", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: """
        An indirect table that is empty, ragged, nested, followed by NEXT, longer than the queue, or used without \
        the feature puts the device into DEVICE_NEEDS_RESET.
        """,
      observed: "As HOUSE-03."),
    Clause(
      .house06, "HOUSE-06", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: "A ring, table or buffer that is not wholly in RAM puts the device into DEVICE_NEEDS_RESET.",
      observed: "As HOUSE-03."),
    Clause(
      .house07, "HOUSE-07", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: """
        A queue that cannot be used (size 0, not a power of two or too large, area unaligned or outside RAM) does \
        not become ready: QueueReady stays 0 and the device sets DEVICE_NEEDS_RESET.
        """,
      observed: "Write 1 to QueueReady, read QueueReady and Status."),
    Clause(
      .house08, "HOUSE-08", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: "A device in DEVICE_NEEDS_RESET leaves its queues alone until it is reset.",
      observed: "No device memory access between Status with bit 6 and the reset."),
    Clause(
      .house09, "HOUSE-09", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: "A register access of a wrong width, alignment, direction or offset reads 0 and changes nothing.",
      observed: "The value read is 0."),
    Clause(
      .house10, "HOUSE-10", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: "A head that is offered again while the device still holds it puts the device into DEVICE_NEEDS_RESET.",
      observed: "As HOUSE-01."),
    Clause(
      .house11, "HOUSE-11", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: """
        A network device answers a command with OK if it is whole, in range and of a feature that was accepted, and \
        any other one with ERR.
        """,
      observed: "poison ack with 0xff, send every command, with sizes and numbers around those that are right."),
    Clause(
      .house12, "HOUSE-12", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: """
        A block device whose backend does not fail ends a request with OK that has the shape of its type, lies inside \
        the capacity, keeps the limits of the configuration space, moves no more than 4 MiB, and is of a feature that was \
        accepted; and none with OK that is not of whole sectors inside the capacity, or would change a disk that is only \
        for reading.
        """,
      observed: "send every type of request, while the backend goes on and while it does not."),
    Clause(
      .house13, "HOUSE-13", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: """
        ACKNOWLEDGE, DRIVER and FAILED stay in Status once they are written, until the device is reset; and without \
        FEATURES_OK, DRIVER_OK is not set, unless the device has the legacy interface.
        """,
      observed: "write bits of Status in any order, also such that clear others, and read it."),
    Clause(
      .house14, "HOUSE-14", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: """
        Nothing puts the device into DEVICE_NEEDS_RESET but what HOUSE-01 to HOUSE-07 and HOUSE-10 name, not even a driver \
        that writes this bit to Status.
        """,
      observed: "Status has no bit 6 while rings, chains and queues are sound."),
  ]
}
