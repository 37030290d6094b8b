import VirtioSpec

/// A request of a block device, taken from the bytes of its chain, wherever the chain is cut (SPLIT-DEV-01).
struct BlockRequestShadow {
  var type: Block.RequestType
  var sector: UInt64
  /// The readable bytes behind the header.
  var payload: UInt64
  /// The writable bytes before the status.
  var room: UInt64
  /// The status byte, as it is now.
  var status: UInt8
  /// The sectors that it is about, or the smallest stretch that has them all.
  var sectors: Range<UInt64> = 0..<0
  /// The first readable segment with data, and how far in it the data begins.
  var data: ChainCursor
  /// It has the shape that its type asks for, and lies inside the capacity.
  var isValid = false
  /// It is of whole sectors, which lie inside the capacity, as far as its type has any.
  var isOnDisk = true
  /// How many segments it has (discard, write-zeroes and secure erase); 0 if they were not looked into.
  var segmentCount: UInt64 = 0
  /// How many it may have, by the configuration space.
  var segmentLimit: UInt64 = 0
  /// The flags of all its segments together.
  var segmentFlags: UInt32 = 0

  var claim: SectorClaim {
    let isChange =
      type == .write || type == .discard || type == .writeZeroes || type == .secureErase || type.isZone || type.isLegacy
    return SectorClaim(first: sectors.lowerBound, end: sectors.upperBound, isChange: isChange)
  }
}

extension Shadow {
  /// Chains with more segments are not looked into.
  private static var segmentLimit: Int { 64 }

  /// A chain whose buffers nobody else changed while the device had it, or could have.
  func isLegible(_ index: Int) -> Bool {
    let chain = chains[index]
    return chain.isComplete && !chain.isBroken && !chain.isTruncated && !chain.isDisturbed
      && chain.segmentCount <= Self.segmentLimit
  }

  /// Buffers of chains that the device holds were changed: by the driver, or by another chain.
  mutating func disturbChains(_ address: UInt64, _ length: UInt64) {
    for index in 0..<chainsEnd
    where chains[index].isOpen && !chains[index].isDisturbed && chains[index].reaches(address, length) {
      for segment in segments(of: index) where segments[segment].overlaps(address, length) {
        chains[index].isDisturbed = true
      }
    }
  }

  /// Finds out whether the device, filling one chain, changed another one that it held at the same time, or this one
  /// itself.
  mutating func disturbChains(overlapping index: Int) {
    guard chains[index].segmentCount <= Self.segmentLimit else { return }
    for other in 0..<chainsEnd where chains[other].isOpen {
      if other == index {
        guard chains[index].overlapsItself, disturbsOne(index, index) else { continue }
      } else {
        let (low, high) = (chains[other].low, chains[other].high)
        guard low < high, chains[index].reaches(low, high - low), chains[other].segmentCount <= Self.segmentLimit,
          disturbsOne(index, other)
        else { continue }
      }
      chains[index].isDisturbed = true
      chains[other].isDisturbed = true
    }
  }

  private func disturbsOne(_ index: Int, _ other: Int) -> Bool {
    for segment in segments(of: index) {
      for second in segments(of: other)
      where second != segment && (segments[segment].isWritable || segments[second].isWritable)
        && segments[segment].overlaps(segments[second].address, segments[second].length)
      {
        return true
      }
    }
    return false
  }

  /// What a chain that was read to its end means to do: anything, if it cannot be told.
  mutating func claim(of index: Int) -> SectorClaim {
    let all = SectorClaim(first: 0, end: .max, isChange: true)
    guard isLegible(index) else { return all }
    if let claim = chains[index].claim { return claim }
    let claim = blockRequest(index)?.claim ?? all
    chains[index].claim = claim
    return claim
  }

  /// The request in a chain; nil without a header or a status.
  func blockRequest(_ index: Int) -> BlockRequestShadow? {
    let range = segments(of: index)
    var border = range.lowerBound
    var readable: UInt64 = 0
    while border < range.upperBound, !segments[border].isWritable {
      readable += segments[border].length
      border += 1
    }
    guard readable >= UInt64(Block.headerSize), chains[index].writableBytes > 0 else { return nil }

    var input = ChainCursor(segment: range.lowerBound, end: border)
    let type = number(&input, bytes: 8)
    let sector = number(&input, bytes: 8)
    let last = segments[range.upperBound - 1]
    var request = BlockRequestShadow(
      type: Block.RequestType(rawValue: UInt32(truncatingIfNeeded: type)), sector: sector,
      payload: readable - UInt64(Block.headerSize), room: chains[index].writableBytes - 1,
      status: memory.byte(last.address &+ last.length &- 1), data: input)
    switch request.type {
    case .read:
      request.data = ChainCursor(segment: border, end: range.upperBound)
      request.sectors = Self.stretch(sector, (request.room + Block.sectorSize - 1) / Block.sectorSize)
      request.isOnDisk = request.room % Block.sectorSize == 0 && isInside(sector, request.room)
      request.isValid = request.payload == 0 && request.isOnDisk
    case .write:
      request.sectors = Self.stretch(sector, (request.payload + Block.sectorSize - 1) / Block.sectorSize)
      request.isOnDisk = request.payload % Block.sectorSize == 0 && isInside(sector, request.payload)
      request.isValid = request.room == 0 && request.isOnDisk
    case .discard, .writeZeroes, .secureErase: readRanges(&request)
    case .getID:
      request.data = ChainCursor(segment: border, end: range.upperBound)
      request.isValid = request.payload == 0 && request.room == UInt64(Block.idLength)
    case .getLifetime:
      request.data = ChainCursor(segment: border, end: range.upperBound)
      request.isValid = request.payload == 0 && request.room == UInt64(Block.lifetimeSize)
    case .flush: request.isValid = sector == 0 && request.payload == 0 && request.room == 0
    default:
      // Devices may serve these, and nobody knows how.
      if !profile.declaresHousePolicy, request.type.isZone || request.type.isLegacy {
        request.sectors = 0..<UInt64.max
      }
      request.isValid = true
    }
    return request
  }

  /// The fields that say how many sectors a segment of a request can have, and how many segments a request.
  private static func limits(of type: Block.RequestType) -> (sectors: UInt32, segments: UInt32) {
    switch type {
    case .discard: (BlockConfig.maxDiscardSectors, BlockConfig.maxDiscardSeg)
    case .writeZeroes: (BlockConfig.maxWriteZeroesSectors, BlockConfig.maxWriteZeroesSeg)
    default: (BlockConfig.maxSecureEraseSectors, BlockConfig.maxSecureEraseSeg)
    }
  }

  /// Looks into the segments of a request that has some.
  private func readRanges(_ request: inout BlockRequestShadow) {
    let limits = Self.limits(of: request.type)
    let count = request.payload / UInt64(Block.segmentSize)
    let (maxSectors, maxCount) = (configNumber(limits.sectors), configNumber(limits.segments))
    guard request.payload % UInt64(Block.segmentSize) == 0, count > 0, count <= 64 else {
      request.sectors = 0..<UInt64.max
      return
    }
    request.segmentCount = count
    request.segmentLimit = maxCount
    request.isValid = request.room == 0 && count <= maxCount
    var input = request.data
    for index in 0..<count {
      let range = nextRange(&input)
      request.segmentFlags |= range.flags
      request.isOnDisk = request.isOnDisk && range.isInside
      request.isValid = request.isValid && range.count > 0 && range.count <= maxSectors
      let stretch = Self.stretch(range.first, range.count)
      request.sectors =
        index == 0
        ? stretch
        : min(request.sectors.lowerBound, stretch.lowerBound)..<max(request.sectors.upperBound, stretch.upperBound)
    }
    request.isValid = request.isValid && request.isOnDisk
  }

  /// The next segment of such a request.
  func nextRange(_ input: inout ChainCursor) -> (first: UInt64, count: UInt64, flags: UInt32, isInside: Bool) {
    let first = number(&input, bytes: 8)
    let rest = number(&input, bytes: 8)
    let count = rest & 0xffff_ffff
    return (first, count, UInt32(rest >> 32), isInside(first, count * Block.sectorSize))
  }

  private static func stretch(_ first: UInt64, _ count: UInt64) -> Range<UInt64> {
    let (end, wraps) = first.addingReportingOverflow(count)
    return first..<(wraps ? .max : end)
  }

  /// Whether sectors lie inside the capacity.
  private func isInside(_ sector: UInt64, _ bytes: UInt64) -> Bool {
    sector <= capacity && bytes / Block.sectorSize <= capacity - sector
  }

  /// The 32-bit number at an offset of the configuration space.
  func configNumber(_ offset: UInt32) -> UInt64 {
    guard Int(offset) + 4 <= config.count else { return 0 }
    var number: UInt64 = 0
    for byte: UInt32 in 0..<4 { number |= UInt64(config[offset + byte]) << UInt64(8 * byte) }
    return number
  }

  /// Takes the next sector of data in a chain for a sector of the disk.
  mutating func defineSector(_ sector: UInt64, _ cursor: inout ChainCursor, by origin: DiskShadow.Origin) {
    disk.define(sector, by: origin)
    var offset = 0
    while offset < Int(Block.sectorSize) {
      let part = piece(&cursor, most: Int(Block.sectorSize) - offset)
      guard part.count > 0 else { return }
      disk.write(memory, part.address, part.count, at: offset, of: sector)
      offset += part.count
    }
  }

  /// Whether the next sector of data in a chain is what a known sector of the disk has to be.
  func holdsSector(_ sector: UInt64, _ cursor: inout ChainCursor) -> Bool {
    var offset = 0
    var isEqual = true
    while offset < Int(Block.sectorSize) {
      let part = piece(&cursor, most: Int(Block.sectorSize) - offset)
      guard part.count > 0 else { return isEqual }
      isEqual = disk.holds(memory, part.address, part.count, at: offset, of: sector) && isEqual
      offset += part.count
    }
    return isEqual
  }
}

extension SegmentShadow {
  /// Whether any byte of a range is in it.
  func overlaps(_ address: UInt64, _ length: UInt64) -> Bool {
    address &- self.address < self.length || self.address &- address < length
  }
}
