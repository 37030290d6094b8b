import VirtioSpec

// Whether there is room for a frame that comes in: without it, none has to come (NET-DEV-16, -36 to -41).
extension Judge {
  /// Whether every queue that a frame may go to has buffers for it that the device knows of.
  func hasRoom(for length: Int, _ features: FeatureBits) -> Bool {
    hasRoom(for: length, features) { $0.isNotified && !$0.hadStaleNotice && $0.heldCount == 0 }
  }

  /// The driver wrote memory. A frame that has to come had room only if that took none away: by other bytes in a
  /// descriptor that is available, say.
  mutating func reviewRoom() {
    for place in 0..<shadow.network.framesEnd
    where shadow.network.frames[place].fate == .passes && shadow.network.frames[place].hadRoom {
      let length = shadow.network.frames[place].length
      guard length != 0, let features = shadow.features else { continue }
      // Nor is it known what becomes of buffers that the device has taken already.
      let hasRoom = hasRoom(for: length, features) { $0.heldCount == 0 }
      shadow.network.frames[place].hadRoom = hasRoom
    }
  }

  private func hasRoom(for length: Int, _ features: FeatureBits, where isAwaited: (QueueShadow) -> Bool) -> Bool {
    guard let pairs = shadow.network.pairs, pairs <= NetworkShadow.maxPairs else { return false }
    let needed = UInt64(length + shadow.frameHeaderSize(features))
    for pair in 0..<pairs {
      let queue = Network.receiveQueue(ofPair: pair)
      guard queue < shadow.profile.queueCount, isAwaited(shadow.queues[queue]),
        hasRoom(queue, needed, features.contains(.netMergeableBuffers))
      else { return false }
    }
    return true
  }

  private func hasRoom(_ queue: Int, _ needed: UInt64, _ isMerging: Bool) -> Bool {
    guard shadow.queues[queue].canBeFollowed else { return false }
    return shadow.usesPackedRings
      ? hasRoomInPackedRing(queue, needed, isMerging) : hasRoomInSplitRing(queue, needed, isMerging)
  }

  private func hasRoomInSplitRing(_ queue: Int, _ needed: UInt64, _ isMerging: Bool) -> Bool {
    let state = shadow.queues[queue]
    let index = shadow.memory.half(state.areas.driver &+ SplitRing.availIdx)
    guard UInt32(index &- state.taken) <= state.size else { return false }
    var room: UInt64 = 0
    var next = state.taken
    for _ in 0..<Self.bufferLimit {
      guard next != index else { return false }
      let head = shadow.memory.half(state.areas.driver &+ SplitRing.availEntry(UInt32(next) & (state.size - 1)))
      guard let bytes = writableBytes(of: head, state) else { return false }
      room &+= bytes
      next &+= 1
      if room >= needed { return true }
      if !isMerging { return false }
    }
    return false
  }

  private func hasRoomInPackedRing(_ queue: Int, _ needed: UInt64, _ isMerging: Bool) -> Bool {
    let size = shadow.queues[queue].size
    var place = shadow.packed[queue].taken
    // The driver may have written over what the device has.
    guard shadow.packed[queue].takenCount < size else { return false }
    var left = size - shadow.packed[queue].takenCount
    var room: UInt64 = 0
    for _ in 0..<Self.bufferLimit {
      guard let list = writableList(queue, place, most: left) else { return false }
      room &+= list.bytes
      if room >= needed { return true }
      if !isMerging { return false }
      left -= list.count
      place = place.advanced(by: list.count, size: size)
    }
    return false
  }

  /// A device may have a limit for how many buffers one frame takes.
  private static let bufferLimit = 8
  /// Chains with more descriptors are not looked into.
  private static let descriptorLimit = 32

  /// How many bytes a chain has that the device was not given yet: nil where it is none that is only for writing.
  private func writableBytes(of head: UInt16, _ state: QueueShadow) -> UInt64? {
    var table = state.areas.descriptors
    var size = state.size
    var index = UInt32(head)
    var room: UInt64 = 0
    for _ in 0..<Self.descriptorLimit {
      guard index < size else { return nil }
      let place = table &+ UInt64(index) &* Descriptor.size
      let descriptor = Descriptor(littleEndian: bits(of: place))
      guard shadow.memory.contains(descriptor.address, UInt64(descriptor.length)), descriptor.length > 0 else {
        return nil
      }
      if descriptor.flags.contains(.indirect) {
        guard table == state.areas.descriptors, room == 0, !descriptor.flags.contains(.next) else { return nil }
        table = descriptor.address
        size = descriptor.length / UInt32(Descriptor.size)
        index = 0
        continue
      }
      guard descriptor.flags.contains(.write) else { return nil }
      room += UInt64(descriptor.length)
      guard descriptor.flags.contains(.next) else { return room }
      index = UInt32(descriptor.next)
    }
    return nil
  }

  /// A list of a packed ring that is available and only for writing: how many places of the ring it has, and how many bytes;
  /// nil where there is none such at a place, of so many places at most.
  private func writableList(_ queue: Int, _ first: PackedPlace, most: UInt32) -> (count: UInt32, bytes: UInt64)? {
    let ring = shadow.queues[queue].areas.descriptors
    var place = first
    var room: UInt64 = 0
    for count in 0..<min(most, UInt32(Self.descriptorLimit)) {
      let descriptor = PackedDescriptor(littleEndian: bits(of: ring &+ PackedRing.descriptor(place.slot)))
      guard place.isAvailable(descriptor.flags) else { return nil }
      if descriptor.flags.contains(.indirect) {
        guard count == 0, !descriptor.flags.contains(.next), let bytes = writableBytes(ofTable: descriptor) else {
          return nil
        }
        return (1, bytes)
      }
      guard let bytes = writableBytes(of: descriptor) else { return nil }
      room += bytes
      guard descriptor.flags.contains(.next) else { return (count + 1, room) }
      place = place.advanced(by: 1, size: shadow.queues[queue].size)
    }
    return nil
  }

  private func writableBytes(ofTable table: PackedDescriptor) -> UInt64? {
    let count = table.length / UInt32(PackedDescriptor.size)
    guard shadow.features?.contains(.indirectDesc) == true, table.length % UInt32(PackedDescriptor.size) == 0,
      count > 0, count <= UInt32(Self.descriptorLimit), shadow.memory.contains(table.address, UInt64(table.length))
    else { return nil }
    var room: UInt64 = 0
    for index in 0..<count {
      let descriptor = PackedDescriptor(littleEndian: bits(of: table.address &+ PackedRing.descriptor(index)))
      guard descriptor.flags == .write, let bytes = writableBytes(of: descriptor) else { return nil }
      room += bytes
    }
    return room
  }

  private func writableBytes(of descriptor: PackedDescriptor) -> UInt64? {
    let length = UInt64(descriptor.length)
    guard descriptor.flags.contains(.write), length > 0, shadow.memory.contains(descriptor.address, length) else {
      return nil
    }
    return length
  }

  /// The 16 bytes of a descriptor, which is not read over the end of RAM.
  private func bits(of place: UInt64) -> UInt128 {
    UInt128(shadow.memory.word(place)) | UInt128(shadow.memory.word(place &+ 8)) << 64
  }
}
