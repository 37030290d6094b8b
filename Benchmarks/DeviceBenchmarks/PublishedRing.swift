import VirtioMemory
import VirtioSpec

/// A split ring in which a driver has put the same chains of three descriptors into all entries, over and over: the
/// rings lie in the first region, and each of the three buffers in another one.
struct PublishedRing {
  static let size: UInt32 = 256
  static let chainLength = 3
  static let descriptors = PlainHost.regions[0].base
  static let driver = descriptors + SplitRing.descriptorAreaSize(size)
  static let device = (driver + SplitRing.driverAreaSize(size) + 3) & ~3
  /// How many chains there are descriptors for.
  static let chains = Int(size) / chainLength

  private(set) var availableIndex: UInt16 = 0

  /// Writes the descriptors of a block device's reads of a sector, and all entries of the available ring.
  init(in memory: inout some GuestMemory & ~Copyable) {
    for chain in 0..<Self.chains {
      let place = UInt64(chain) * Block.sectorSize
      let head = PlainHost.regions[1].base + place
      Self.store(UInt128(chain) << 64, at: head, &memory)
      let buffers: [(UInt64, UInt32, Descriptor.Flags)] = [
        (head, UInt32(Block.headerSize), .next),
        (PlainHost.regions[2].base + place, UInt32(Block.sectorSize), [.next, .write]),
        (PlainHost.regions[3].base + place, 1, .write),
      ]
      for (number, (address, length, flags)) in buffers.enumerated() {
        let index = chain * Self.chainLength + number
        let next = flags.contains(.next) ? UInt16(index + 1) : 0
        let descriptor = Descriptor(address: address, length: length, flags: flags, next: next)
        Self.store(descriptor.littleEndian, at: Self.descriptors + UInt64(index) * Descriptor.size, &memory)
      }
    }
    for slot in 0..<Self.size {
      let head = UInt16(Int(slot) % Self.chains * Self.chainLength)
      Self.store(head, at: Self.driver + SplitRing.availEntry(slot), &memory)
    }
  }

  /// Makes the next entries available.
  @inline(__always)
  mutating func publish(_ count: UInt16, in memory: inout some GuestMemory & ~Copyable) {
    availableIndex &+= count
    Self.store(availableIndex, at: Self.driver + SplitRing.availIdx, &memory)
  }

  @inline(__always)
  private static func store<T: FixedWidthInteger & BitwiseCopyable>(
    _ value: T, at address: UInt64, _ memory: inout some GuestMemory & ~Copyable
  ) {
    precondition(memory.store(value, at: address), "outside RAM")
  }
}
