import VirtioSpec

/// Numbers that mean something to a virtio device, or are near an edge.
enum InterestingNumbers {
  static let numbers: [UInt64] = [
    0, 1, 2, 3, 4, 7, 8, 11, 15, 16, 20, 31, 32, 64, 127, 128, 255, 256, 511, 512, 513, 1023, 1024, 4095, 4096,
    0x7fff, 0x8000, 0xffff, 0x1_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff, 0x1_0000_0000,
    0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0xffff_ffff_ffff_f000, 0xffff_ffff_ffff_ffff,
  ]

  /// Values of register Status: the way up, and what lies beside it.
  static let statuses: [UInt64] = [0, 0, 1, 3, 3, 11, 11, 15, 15, 2, 4, 5, 8, 7, 64, 79, 128, 143, 0xff, 0x100]

  /// Page sizes and alignments of legacy queues: powers of two, in bytes, that every queue of the driver has room for.
  static let pages: [UInt64] = [16, 64, 256, 1024, 4096]

  static let distances: [Int64] = [0, 1, 2, 4, 8, 12, 15, 16, 20, 32, 255, 256, 512, 4095, 4096]

  static let registers: [UInt64] = Register.allCases.map { UInt64($0.rawValue) }
}
