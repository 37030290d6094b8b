import TestSupport
import Testing
import VirtioHarness
import VirtioProgram
import VirtioProperties
import VirtioSpec

/// Runs the same requests in two shapes each, and tells where the answers differ, with few requests and a simple shape.
private struct Comparison<Device: DeviceUnderTest & ~Copyable>: ~Copyable {
  private var harness: Harness<Device, AnswerObserver>
  private let header = Header(device: .block)

  init(_ device: consuming Device) { harness = Harness(device: device, observer: AnswerObserver()) }

  /// What is wrong with the requests in this shape; nil where nothing is.
  mutating func difference(_ groups: [[BlockRequest]], _ shape: BlockShape) -> String? {
    let (plain, plainProblem) = answers(groups, .plain)
    let (shaped, problem) = answers(groups, shape)
    if let problem = plainProblem ?? problem { return problem }
    for (number, pair) in zip(plain, shaped).enumerated() where pair.0 != pair.1 {
      return "request \(number): \(pair.0.map { "\($0)" } ?? "no answer") in the plain shape, "
        + "\(pair.1.map { "\($0)" } ?? "no answer") in the other one"
    }
    return nil
  }

  private mutating func answers(
    _ groups: [[BlockRequest]], _ shape: BlockShape
  ) -> (answers: BlockAnswers, problem: String?) {
    let shaped = ShapedProgram(groups, shape, device: header)
    let summary = harness.run(shaped.program)
    if summary.skippedSteps > 0 { return ([], "the program skips steps:\n\(shaped.program.text(numbered: true))") }
    let ledger = harness.observer.judge.ledger.findings.first
    // Some requests reach past the end of the disk, to be refused alike.
    let breach = harness.observer.judge.ledger.misleadingBreaches.first { $0.clause != .blkDrv01 }
    if let breach { return ([], "the test's own driver broke \(breach.clause.name) at step \(breach.step)") }
    var returned = harness.observer.heads
    let answers = shaped.places.map { place -> BlockAnswer? in
      guard let index = returned.firstIndex(of: place.head) else { return nil }
      returned.remove(at: index)
      var bytes = place.pieces.flatMap { harness.observer.bytes($0.address, $0.length) }
      let status = bytes.removeLast()
      return BlockAnswer(status: status, data: status == Block.RequestStatus.ok.rawValue ? bytes : [])
    }
    if !returned.isEmpty { return (answers, "heads came back that nobody waits for: \(returned)") }
    return (answers, ledger.map { "\($0.clause.name) at step \($0.step) in \(shape)" })
  }

  /// The same difference with fewer requests, and in a simpler shape.
  mutating func shrink(_ groups: [[BlockRequest]], _ shape: BlockShape) -> ([[BlockRequest]], BlockShape) {
    var (groups, shape) = (groups, shape)
    var isSmaller = true
    while isSmaller {
      isSmaller = false
      for (group, request) in groups.indices.flatMap({ group in groups[group].indices.map { (group, $0) } }).reversed()
      {
        var fewer = groups
        fewer[group].remove(at: request)
        fewer.removeAll { $0.isEmpty }
        guard difference(fewer, shape) != nil else { continue }
        groups = fewer
        isSmaller = true
        break
      }
      for simpler in shape.simpler where difference(groups, simpler) != nil {
        shape = simpler
        isSmaller = true
        break
      }
    }
    return (groups, shape)
  }

  /// Generated cases; what is wrong with the first that fails, shrunk and told.
  mutating func failure(cases: Int = Cases.count, seed: UInt64 = Cases.seed) -> String? {
    var generator = BlockGenerator(seed: seed)
    for number in 0..<cases {
      let (groups, shape) = (generator.groups(), generator.shape(number))
      guard difference(groups, shape) != nil else { continue }
      let (few, simple) = shrink(groups, shape)
      let requests = few.map { "  \($0.map { "\($0)" }.joined(separator: ", "))" }.joined(separator: "\n")
      return """
        case \(number) of seed \(seed): \(difference(few, simple) ?? "")
        requests, a group a line:
        \(requests)
        shape: \(simple)
        replay: VIRTIO_FUZZ_SEED=\(seed) VIRTIO_FUZZ_CASES=\(number + 1) swift test
        \(ShapedProgram(few, simple, device: header).program.text(numbered: true))
        """
    }
    return nil
  }
}

/// Makes requests, and shapes to put them in. The same seed gives the same ones.
private struct BlockGenerator {
  private var random: ProgramRandom

  init(seed: UInt64) { random = ProgramRandom(seed: seed) }

  private mutating func below(_ limit: UInt64) -> UInt64 { random.next() % limit }

  /// One to four groups of one to four requests, which a device may serve in any order.
  mutating func groups() -> [[BlockRequest]] {
    (0...below(4)).map { _ in
      var group: [BlockRequest] = []
      for _ in 0...below(4) {
        let request = request()
        if group.allSatisfy({ $0.isIndependent(of: request) }) { group.append(request) }
      }
      return group
    }
  }

  private mutating func request() -> BlockRequest {
    let kinds: [BlockRequest.Kind] = [
      .read, .read, .read, .write, .write, .write, .flush, .getID, .writeZeroes, .unknown,
    ]
    let kind = kinds[Int(below(UInt64(kinds.count)))]
    let sectors = kind == .flush || kind == .getID || kind == .unknown ? 0 : 1 + below(BlockRequest.maxSectors)
    // Few sectors, so that what was written is read; now and then one that the device does not have.
    let sector = below(16) == 0 ? 60 + below(8) : below(6)
    return BlockRequest(
      kind: kind, sector: kind == .flush ? 0 : sector, sectors: sectors, seed: sectors < 2 ? below(512) : 0)
  }

  /// The first cases go through each change alone.
  mutating func shape(_ number: Int) -> BlockShape {
    var shape = BlockShape()
    shape.seed = random.next() >> 32
    let changes: [(inout BlockShape, inout Self) -> Void] = [
      { shape, _ in shape.chain = .indirect },
      { shape, _ in shape.chain = .indirectTail },
      { shape, own in shape.cuts = 2 + Int(own.below(6)) },
      { shape, _ in shape.kicksOnce = true },
      { shape, _ in shape.eventIndex = true },
      { shape, own in shape.place = own.below(2) == 0 ? .anywhere : .acrossBorder },
      { shape, own in shape.region = own.below(4) },
      { shape, own in shape.sizeLog2 = 1 + own.below(10) },
      { shape, own in shape.backend = own.below(2) == 0 ? .deferred : .reversed },
      { shape, own in shape.legacyAlign = 4 << own.below(11) },
      { shape, own in shape.packedSize = 2 + own.below(own.below(2) == 0 ? 16 : 1023) },
    ]
    if number < 3 * changes.count {
      changes[number % changes.count](&shape, &self)
    } else {
      for change in changes where below(2) == 0 { change(&shape, &self) }
    }
    return shape
  }
}

@Suite("The same requests")
struct MetamorphicProperties {
  @Test(
    "get the same answers in every shape of chains, rings, buffers and notifications, modern or legacy, split or packed"
  )
  func getTheSameAnswers() {
    var comparison = Comparison(ReferenceDevice())
    if let failure = comparison.failure() { Issue.record("\(failure)") }
  }

  /// Devices that look right as long as requests come in the plain shape.
  static let doubles: [(String, @Sendable (Border) -> Void)] = [
    (
      "loses pieces of data that are no whole sectors",
      { $0.store = { (9..<512).contains($1.count) && $1.count != Block.idLength ? nil : $1 } }
    ),
    ("keeps the low half of an address", { $0.store = { $0 > 0xffff_ffff && $1.count > 8 ? nil : $1 } }),
    (
      "loses writes of data behind the legacy interface",
      { border in border.store = { [unowned border] in border.pageSize > 0 && $1.count >= 512 ? nil : $1 } }
    ),
    (
      "loses writes of data into lists of packed rings",
      { border in
        var isPacked = false
        border.profile = { isPacked = $0.offeredFeatures.contains(.ringPacked) }
        border.store = { isPacked && $1.count >= 512 ? nil : $1 }
      }
    ),
    (
      "stops where a region ends",
      {
        $0.store = { address, bytes in
          let room = address < 0x4001_0000 ? 0x4001_0000 - address : .max
          return UInt64(bytes.count) > room ? Array(bytes.prefix(Int(room))) : bytes
        }
      }
    ),
    (
      "serves a queue at the first notification only",
      { border in
        var kicks = 0
        border.write = { register, value in
          if register == .status && value == 0 { kicks = 0 }
          guard register == .queueNotify else { return value }
          kicks += 1
          return kicks > 1 && border.queue.size < 64 ? nil : value
        }
        border.hears = { $0 != .poll || border.queue.size >= 64 }
      }
    ),
  ]

  @Test(
    "get other answers of a device that depends on the shape, and the difference is told", arguments: doubles.indices)
  func seesWrongDevices(_ index: Int) throws {
    var comparison = Comparison(DeviceDouble(Border(Self.doubles[index].1)))
    let told = comparison.failure()
    let failure = try #require(told, "\(Self.doubles[index].0): not seen")
    #expect(failure.contains("replay: VIRTIO_FUZZ_SEED="))
    #expect(failure.contains("shape: "))
  }
}
