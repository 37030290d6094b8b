extension Clause {
  static let rob: [Clause] = [
    Clause(
      .rob01, "ROB-01", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: "No guest input makes the device trap.",
      observed: "The process that runs the program dies."),
    Clause(
      .rob02, "ROB-02", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: "No guest input makes the device hang: every register access, host stimulus and poll ends.",
      observed: "The time limit of the run passes inside one step."),
    Clause(
      .rob03, "ROB-03", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: "The device asks for no guest memory outside RAM, unless the driver itself gave that address.",
      observed: """
        A device access that is not wholly in the profile's regions and in no ring area or buffer that the driver \
        named.
        """),
    Clause(
      .rob04, "ROB-04", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: """
        The device touches only what registers, rings and chains permit: areas of ready queues, readable buffers \
        for reading and writable buffers for writing of chains that it holds.
        """,
      observed: "Every device access is compared with the permissions that the events so far have given."),
    Clause(
      .rob05, "ROB-05", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: "The work of one register access, host stimulus or poll is bounded by the queue size and the chains.",
      observed: "Device memory accesses between two borders are counted against a bound that the profile gives."),
    Clause(
      .rob06, "ROB-06", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: "The device holds no more chains of a queue than the queue has entries.",
      observed: "Heads fetched and not yet returned are counted."),
    Clause(
      .rob07, "ROB-07", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: "The device can be reset at any time, whatever happened before.",
      observed: "A write of 0 to Status in any state: Status reads 0 afterwards."),
    Clause(
      .rob08, "ROB-08", .device, .obligation,
      source: "swift-virtio-fuzz",
      says: "The same start and the same program give the same events.",
      observed: "The program runs twice; the digests of both event streams are equal."),
  ]
}
