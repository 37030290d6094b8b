import VirtioMemory
import VirtioSpec

// What both formats ask of descriptors.
extension Chain {
  /// Adds the stretch of memory that a descriptor refers to, unless it is empty. There are at most ``maxSegments``.
  @inlinable @inline(__always)
  mutating func append(
    _ address: UInt64, _ length: UInt32, isWritable: Bool, to segments: inout FixedArray<Segment>, from first: Int,
    memory: inout some GuestMemory & ~Copyable
  ) throws(RingFault) {
    if length != 0 {
      guard memory.contains(address, UInt64(length)) else { throw .outsideRAM }
      segments[first &+ segmentCount] = Segment(address: address, length: length)
    }
    if isWritable {
      sawWritable = true
      writableCount &+= length == 0 ? 0 : 1
      writableBytes &+= UInt64(length)
    } else {
      guard !sawWritable else { throw .readableAfterWritable }
      readableCount &+= length == 0 ? 0 : 1
      readableBytes &+= UInt64(length)
    }
  }
}

extension VirtQueue {
  /// How many descriptors the indirect table has that another one refers to.
  @inlinable
  static func tableSize(
    _ address: UInt64, _ length: UInt32, atMost limit: UInt32, memory: inout some GuestMemory & ~Copyable
  ) throws(RingFault) -> UInt32 {
    guard length != 0, length % UInt32(Descriptor.size) == 0, length / UInt32(Descriptor.size) <= limit else {
      throw .badIndirectTable
    }
    guard memory.contains(address, UInt64(length)) else { throw .outsideRAM }
    return length / UInt32(Descriptor.size)
  }
}
