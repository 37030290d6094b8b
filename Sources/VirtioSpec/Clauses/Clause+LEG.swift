extension Clause {
  static let leg: [Clause] = [
    Clause(
      .leg01, "LEG-01", .device, .must,
      source: """
        content.tex:sec:Basic Facilities of a Virtio Device / Feature Bits / Legacy Interface: A Note on Feature \
        Bits
        """,
      says: "A transitional device recognises a legacy driver by VERSION_1 not being accepted.",
      observed: """
        Version 1 target: legacy ring/endianness rules apply. Version 2 target that lets FEATURES_OK stick without \
        bit 32: registers still give three separate areas, so only survival is judged (FEAT-DEV-08).
        """),
    Clause(
      .leg02, "LEG-02", .device, .must,
      source: """
        split-ring.tex:sec:Basic Facilities of a Virtio Device / Virtqueues / Legacy Interfaces: A Note on \
        Virtqueue Layout
        """,
      says: """
        Legacy queues use the single-block layout descriptor table, avail ring, padding to Queue Align, used ring.
        """,
      observed: "memory log of ring accesses vs computed offsets (A18)."),
    Clause(
      .leg03, "LEG-03", .device, .must,
      source: """
        split-ring.tex:sec:Basic Facilities of a Virtio Device / Virtqueues / Legacy Interfaces: A Note on \
        Virtqueue Endianness
        """,
      says: "Legacy rings use guest-native byte order.",
      observed: "big-endian guest profile only."),
    Clause(
      .leg04, "LEG-04", .device, .prose,
      source: """
        content.tex:sec:Basic Facilities of a Virtio Device / Device Configuration Space / Legacy Interface: A \
        Note on Configuration Space endian-ness
        """,
      says: "Legacy configuration fields are generally in guest-native byte order.",
      observed: "big-endian guest profile only."),
    Clause(
      .leg05, "LEG-05", .device, .must,
      source: """
        content.tex:sec:General Initialization And Device Operation / Device Initialization / Legacy Interface: \
        Device Initialization
        """,
      says: "A transitional device allows config writes before the feature step.",
      observed: "write a writable field at Status 0..3 in legacy mode: takes effect."),
    Clause(
      .leg06, "LEG-06", .device, .must,
      source: """
        content.tex:sec:General Initialization And Device Operation / Device Initialization / Legacy Interface: \
        Device Initialization
        """,
      says: "A transitional device works when the driver uses it before DRIVER_OK.",
      observed: "legacy mode: publish and notify before DRIVER_OK: buffers get used (opposite of STAT-DEV-01)."),
    Clause(
      .leg07, "LEG-07", .device, .must,
      source: "content.tex:sec:Reserved Feature Bits / Legacy Interface: Reserved Feature Bits",
      says: """
        With NOTIFY_ON_EMPTY (24) accepted a used notification is sent when the queue runs empty even if \
        suppressed.
        """,
      observed: "avail.flags=1 or used_event far ahead: bit 0 set once the last available buffer was used."),
    Clause(
      .leg08, "LEG-08", .device, .must,
      source: "content.tex:sec:Reserved Feature Bits / Legacy Interface: Reserved Feature Bits",
      says: "A transitional device offers ANY_LAYOUT (27).",
      observed: """
        target declared transitional: HostFeatures bit 27 = 1. A purely legacy Version 1 device is not bound by \
        the specification: warning.
        """),
    Clause(
      .leg09, "LEG-09", .device, .prose,
      source: """
        split-ring.tex:sec:Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Used Ring/ Legacy \
        Interface: The Virtqueue Used Ring
        """,
      says: "On the legacy interface the used len is known to be unreliable.",
      observed: "legacy profile: disable len oracles."),
  ]
}
