import VirtioProgram
import VirtioSpec

/// How requests are put to a device: what must make no difference to the answers.
struct BlockShape: Equatable, CustomStringConvertible {
  enum Chain: CaseIterable {
    case direct, indirect, indirectTail
  }

  enum Place: CaseIterable {
    /// In the region of the rings.
    case near
    /// Anywhere in RAM, above 4 GiB, too.
    case anywhere
    /// Like that, and one piece of each request that has room lies across two regions that touch.
    case acrossBorder
  }

  var chain = Chain.direct
  /// The most pieces that each of the two streams of a request is cut into.
  var cuts = 1
  /// One notification for a group of requests instead of one each.
  var kicksOnce = false
  var eventIndex = false
  var place = Place.near
  /// Which region the rings are in.
  var region: UInt64 = 0
  var sizeLog2: UInt64 = 8
  var backend = BackendMode.immediate
  /// Of a device with the legacy interface: the alignment of the used ring, in bytes.
  var legacyAlign: UInt64?
  /// The size of a packed queue, 2 to 1024; nil for a split one. A device with the legacy interface has none.
  var packedSize: UInt64?
  /// Chooses places to cut, and addresses.
  var seed: UInt64 = 0

  /// The shape that all others are compared with.
  static let plain = BlockShape()

  /// The same shape, simpler in one way each.
  var simpler: [BlockShape] {
    let plain = Self.plain
    let changes: [(inout BlockShape) -> Void] = [
      { $0.chain = plain.chain }, { $0.cuts = plain.cuts }, { $0.cuts = 2 }, { $0.kicksOnce = plain.kicksOnce },
      { $0.eventIndex = plain.eventIndex }, { $0.place = plain.place }, { $0.place = .anywhere },
      { $0.region = plain.region }, { $0.sizeLog2 = plain.sizeLog2 }, { $0.backend = plain.backend },
      { $0.legacyAlign = plain.legacyAlign }, { $0.packedSize = plain.packedSize }, { $0.seed = plain.seed },
    ]
    return changes.compactMap { change in
      var shape = self
      change(&shape)
      return shape == self || shape.cuts > cuts || place == .near && shape.place != .near ? nil : shape
    }
  }

  var isPacked: Bool { packedSize != nil && legacyAlign == nil }

  var queueSize: UInt64 { isPacked ? packedSize! : 1 << sizeLog2 }

  var description: String {
    "\(chain) chains, \(cuts) cuts, \(kicksOnce ? "one kick a group" : "a kick each"), "
      + "event index \(eventIndex ? "on" : "off"), buffers \(place), rings in region \(region), "
      + "\(isPacked ? "packed" : "split") queue of \(queueSize), backend \(backend.name), "
      + "\(legacyAlign.map { "legacy with used rings on multiples of \($0)" } ?? "modern"), seed \(seed)"
  }
}

/// One piece of a request in guest memory.
private struct Piece {
  var address: UInt64
  var length: UInt64
  /// Where it begins in its stream.
  var offset: UInt64
  var isWritable: Bool
}

/// Where a test looks for the answer to a request.
struct AnswerPlace {
  var head: UInt16
  /// Of the data, then the status.
  var pieces: [(address: UInt64, length: UInt64)]
}

/// The program that puts requests to a device in some shape, and where the answers will be.
struct ShapedProgram {
  private(set) var program: Program
  private(set) var places: [AnswerPlace] = []
  let queueSize: UInt64

  private var shape: BlockShape
  private var random: ProgramRandom
  /// How far the buffers of each region are in use.
  private var use: [UInt64] = [0, 0, 0, 0]
  private var borderIsFree: Bool
  private var nextDescriptor: UInt64 = 0

  private static let regions = MemoryMap.standard.regions
  /// Where buffers begin in a region: rings and tables of the driver are before.
  private static let bufferStart: UInt64 = 0x9000
  /// Two regions touch here.
  private static let border: UInt64 = 0x4001_0000

  /// `groups` are requests that the device may hold at the same time; each begins when the one before is over.
  init(_ groups: [[BlockRequest]], _ shape: BlockShape, device header: Header) {
    self.shape = shape
    random = ProgramRandom(seed: shape.seed)
    // The rings may be right behind it.
    borderIsFree = shape.region != 2
    queueSize = shape.queueSize
    var header = header
    header.sizeLog2 = UInt8((queueSize - 1).bitWidth - (queueSize - 1).leadingZeroBitCount)
    if shape.isPacked { header.flags.insert(.packed) }
    if shape.legacyAlign != nil { header.flags.insert(.legacy) }
    program = Program(header: header, steps: [])
    var accept = UInt64.max
    if !shape.eventIndex { accept &= ~UInt64(FeatureBits.eventIdx.rawValue) }
    program.steps.append(Step(.negotiate, [.value: accept]))
    program.steps.append(
      shape.legacyAlign.map { Step(.legacyQueue, [.size: queueSize, .choice: shape.region, .length: $0]) }
        ?? Step(.queue, [.size: queueSize, .choice: shape.region]))
    program.steps.append(Step(.status, [.flags: UInt64(StatusFlags.driverOK.rawValue)]))
    program.steps.append(Step(.backend, [.choice: UInt64(shape.backend.rawValue)]))
    for group in groups { put(group) }
  }

  private mutating func put(_ group: [BlockRequest]) {
    var isPending = false
    for request in group {
      var pieces = cut(request.readable, isWritable: false) + cut(request.writable, isWritable: true)
      // A chain has room in the queue: what is cut too fine is put together again.
      while pieces.count > Int(queueSize) { pieces = joined(pieces) }
      // No list of a packed ring has both kinds of descriptors.
      let isOne = shape.chain == .indirect || shape.isPacked || pieces.count < 2
      let needed = shape.chain == .direct ? pieces.count : isOne ? 1 : 2
      if nextDescriptor + UInt64(needed) > queueSize {
        finish(kicks: isPending)
        isPending = false
      }
      place(&pieces)
      for piece in pieces { fill(piece, request) }
      let head = describe(pieces, needed)
      places.append(AnswerPlace(head: head, pieces: pieces.filter(\.isWritable).map { ($0.address, $0.length) }))
      program.steps.append(Step(.offer, [.index: UInt64(head)]))
      if shape.kicksOnce { isPending = true } else { program.steps.append(Step(.kick)) }
    }
    finish(kicks: isPending)
  }

  /// Notifies of what is left, and waits until the device has everything done; all descriptors are free again.
  private mutating func finish(kicks: Bool) {
    if kicks { program.steps.append(Step(.kick)) }
    program.steps.append(Step(.poll, [.count: 2]))
    program.steps.append(Step(.service))
    nextDescriptor = 0
  }

  private mutating func cut(_ length: UInt64, isWritable: Bool) -> [Piece] {
    var borders: Set<UInt64> = [0]
    for _ in 1..<max(shape.cuts, 1) where length > 1 { borders.insert(1 + random.next() % (length - 1)) }
    let starts = borders.sorted()
    return zip(starts, starts.dropFirst() + [length]).map { start, end in
      Piece(address: 0, length: end - start, offset: start, isWritable: isWritable)
    }
  }

  /// The last two pieces of the direction with more pieces are one.
  private func joined(_ pieces: [Piece]) -> [Piece] {
    let isWritable = pieces.count { $0.isWritable } > pieces.count / 2
    guard let last = pieces.lastIndex(where: { $0.isWritable == isWritable }), last > 0,
      pieces[last - 1].isWritable == isWritable
    else { return pieces }
    var pieces = pieces
    pieces[last - 1].length += pieces[last].length
    pieces.remove(at: last)
    return pieces
  }

  private mutating func place(_ pieces: inout [Piece]) {
    for index in pieces.indices { pieces[index].address = address(for: pieces[index].length) }
  }

  private mutating func address(for length: UInt64) -> UInt64 {
    // Any piece may be the one: the first is a header, which the device only reads.
    if shape.place == .acrossBorder, borderIsFree, length > 1, random.next() % 4 == 0 {
      borderIsFree = false
      return Self.border - 1 - random.next() % (length - 1)
    }
    var region = shape.place == .near ? Int(shape.region) : Int(random.next() % 4)
    // The border's neighbourhood is for the piece that lies across it.
    while true {
      let start = Self.bufferStart + use[region] + (shape.place == .near ? 0 : random.next() % 32)
      let end = Self.regions[region].size - (region == 1 ? 0x800 : 0)
      if start + length <= end {
        use[region] = start + length - Self.bufferStart
        return Self.regions[region].base + start
      }
      region = (region + 1) % 4
    }
  }

  /// Writes what the device will read of a piece, or what it has to write over.
  private mutating func fill(_ piece: Piece, _ request: BlockRequest) {
    guard !piece.isWritable else {
      // A status that no device answers with.
      let status = request.writable - 1
      guard piece.offset + piece.length > status else { return }
      return store(0xff, width: 0, at: piece.address + status - piece.offset)
    }
    let frame = request.frame
    let end = piece.offset + piece.length
    var offset = piece.offset
    while offset < min(end, UInt64(frame.count)) {
      let count: UInt64 = min(end, UInt64(frame.count)) - offset < 8 ? 1 : 8
      let number = frame[Int(offset)..<Int(offset + count)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      store(number, width: count == 8 ? 3 : 0, at: piece.address + offset - piece.offset)
      offset += count
    }
    let dataStart = max(piece.offset, UInt64(frame.count))
    guard request.kind == .write, dataStart < end else { return }
    program.steps.append(
      Step(
        .fill,
        [
          .address: absolute(piece.address + dataStart - piece.offset), .length: end - dataStart,
          .choice: UInt64(Pattern.noise.rawValue), .value: request.seed + dataStart - UInt64(frame.count),
        ]))
  }

  private mutating func describe(_ pieces: [Piece], _ needed: Int) -> UInt16 {
    let head = nextDescriptor
    let direct = needed == pieces.count ? pieces.count : needed - 1
    for (index, piece) in pieces.prefix(direct).enumerated() {
      write(piece, at: place(of: nextDescriptor, from: head), hasNext: index + 1 < needed, next: nextDescriptor + 1)
      nextDescriptor += 1
    }
    guard direct < pieces.count else { return UInt16(head) }
    let rest = Array(pieces.dropFirst(direct))
    let table = address(for: UInt64(rest.count) * Descriptor.size)
    for (index, piece) in rest.enumerated() {
      let place = table + UInt64(index) * Descriptor.size
      let hasNext = index + 1 < rest.count
      store(piece.address, width: 3, at: place)
      let flags: UInt64 = (hasNext && !shape.isPacked ? 1 : 0) | (piece.isWritable ? 2 : 0)
      // There are Buffer IDs where there is no order but that of the table.
      let rest = shape.isPacked ? flags << 48 : flags << 32 | (hasNext ? UInt64(index + 1) : 0) << 48
      store(piece.length | rest, width: 3, at: place + 8)
    }
    program.steps.append(
      Step(
        .descriptor,
        [
          .index: self.place(of: nextDescriptor, from: head), .address: absolute(table),
          .length: UInt64(rest.count) * Descriptor.size, .flags: 4,
        ]))
    nextDescriptor += 1
    return UInt16(head)
  }

  /// Where a step puts a descriptor: in a packed ring, so many behind those that are available.
  private func place(of descriptor: UInt64, from head: UInt64) -> UInt64 {
    shape.isPacked ? descriptor - head : descriptor
  }

  private mutating func write(_ piece: Piece, at index: UInt64, hasNext: Bool, next: UInt64) {
    program.steps.append(
      Step(
        .descriptor,
        [
          .index: index, .address: absolute(piece.address), .length: piece.length,
          .flags: (hasNext ? 1 : 0) | (piece.isWritable ? 2 : 0), .size: hasNext ? next : 0,
        ]))
  }

  private mutating func store(_ value: UInt64, width: UInt64, at address: UInt64) {
    program.steps.append(Step(.store, [.address: absolute(address), .choice: width, .value: value]))
  }

  private func absolute(_ address: UInt64) -> UInt64 {
    SymbolicAddress(.absolute, offset: Int64(bitPattern: address)).rawValue
  }
}
