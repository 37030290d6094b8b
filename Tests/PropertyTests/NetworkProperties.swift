import TestSupport
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioProperties
import VirtioSpec

/// Judges, and keeps what goes out and what the guest is given.
private struct WireObserver: ~Copyable, EventObserver {
  var judge = Judge(memory: .standard)
  /// Whole frames, in their order, and what was left to do for each.
  private(set) var sent: [[UInt8]] = []
  private(set) var sentHeaders: [NetworkHeader] = []
  /// What was written into buffers: headers and frames, in their order.
  private(set) var received: [UInt8] = []

  mutating func begin(_ profile: DeviceProfile) {
    judge.begin(profile)
    sent = []
    sentHeaders = []
    received = []
  }

  mutating func observe(_ event: Event, _ bytes: RawSpan) {
    judge.observe(event, bytes)
    switch event.kind {
    case .emission:
      sent.append(Array(Self.array(bytes).dropFirst(NetworkHeader.size)))
      sentHeaders.append(NetworkHeader(bytes))
    // The driver puts no ring so far up in a region.
    case .deviceWrite where event.address & 0xffff >= 0x9000: received += Self.array(bytes)
    default: break
    }
  }

  mutating func finish() { judge.finish() }

  private static func array(_ bytes: RawSpan) -> [UInt8] {
    (0..<bytes.byteCount).map { bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
  }

  /// What was left to do for the frames that were received, taken for as long as those that were sent.
  var receivedHeaders: [NetworkHeader] {
    var headers: [NetworkHeader] = []
    var rest = received[...]
    for frame in sent where rest.count >= Network.headerSize {
      headers.append(NetworkHeader(Array(rest).span.bytes))
      rest = rest.dropFirst(Network.headerSize + frame.count)
    }
    return headers
  }

  /// What was received, taken for frames as long as those that were sent, each behind a header.
  var receivedFrames: [[UInt8]] {
    var frames: [[UInt8]] = []
    var rest = received[...]
    for frame in sent {
      frames.append(Array(rest.dropFirst(Network.headerSize).prefix(frame.count)))
      rest = rest.dropFirst(Network.headerSize + frame.count)
    }
    if !rest.isEmpty { frames.append(Array(rest)) }
    return frames
  }
}

@Suite("A network device in a loop")
struct NetworkProperties {
  /// Frames of these lengths, sent one by one and received in buffers of this size.
  private static func program(lengths: [Int], room: Int, pieces: Int, merges: Bool) throws -> Program {
    var text = """
      virtio-program 1
      device network withheld=\(merges ? "0x0" : "0x8000")
      negotiate accept=0xffffffffffffffff
      queue queue=0 size=64
      queue queue=1 size=64
      queue queue=2 size=64
      status set=driver-ok
      link change=loop

      """
    for (number, length) in lengths.enumerated() {
      // As many as it needs, so that none is left over.
      var chains = (Network.headerSize + length + room - 1) / room
      while chains > 0 {
        text += "publish queue=0 count=\(min(chains, 8)) length=\(room) segments=\(pieces) flags=kick\n"
        chains -= 8
      }
      text +=
        "publish queue=1 region=1 length=\(length) segments=\(pieces) sector=\(number) request=broadcast flags=kick\n"
      text += "poll\nservice\n"
    }
    return try Program(text: text)
  }

  @Test("gives the guest what it sent: unchanged, once, and in order; with merged buffers as without")
  func comesBack() throws {
    var harness = Harness(device: ReferenceDevice(), observer: WireObserver())
    var random = SeededNumbers(Cases.seed)
    for _ in 0..<min(Cases.count, 60) {
      let lengths = (0..<random.below(6) + 1).map { _ in 60 + random.below(1455) }
      let pieces = 1 + random.below(4)
      var frames: [[[UInt8]]] = []
      for (room, merges) in [(1526, false), (120 + random.below(500), true)] {
        let program = try Self.program(lengths: lengths, room: room, pieces: pieces, merges: merges)
        let summary = harness.run(program)
        #expect(summary.skippedSteps == 0)
        #expect(harness.observer.judge.ledger.findings.isEmpty, "\(harness.observer.judge.ledger.findings)")
        #expect(harness.observer.sent.map(\.count) == lengths)
        #expect(harness.observer.receivedFrames == harness.observer.sent, "\(program.text())")
        frames.append(harness.observer.receivedFrames)
      }
      #expect(frames[0] == frames[1])
    }
  }
}

extension NetworkProperties {
  /// The sum that a packet of UDP or TCP has when its checksum is right (RFC 1071).
  private static func sum(_ frame: [UInt8]) -> UInt32 {
    let isIPv6 = frame[12] == Internet.ipv6Type.0
    let transport = Ethernet.headerSize + (isIPv6 ? Internet.ipv6HeaderSize : Internet.ipv4HeaderSize)
    let proto = isIPv6 ? frame[20] : frame[23]
    return fold(add(frame[(transport - (isIPv6 ? 32 : 8))...]) + UInt32(proto) + UInt32(frame.count - transport))
  }

  private static func add(_ bytes: some Collection<UInt8>) -> UInt32 {
    bytes.enumerated().reduce(0) { $0 + UInt32($1.element) << ($1.offset % 2 == 0 ? 8 : 0) }
  }

  private static func fold(_ sum: UInt32) -> UInt32 { sum > 0xffff ? fold(sum >> 16 + sum & 0xffff) : sum }

  /// The frame with its checksum completed, if that is left to do.
  private static func completed(_ frame: [UInt8], _ header: NetworkHeader) -> [UInt8] {
    guard header.needsChecksum else { return frame }
    let checksum = ~fold(add(frame[Int(header.checksumStart)...]))
    var frame = frame
    frame[header.checksumPlace] = UInt8(truncatingIfNeeded: checksum >> 8)
    frame[header.checksumPlace + 1] = UInt8(truncatingIfNeeded: checksum)
    return frame
  }

  @Test("breaks no rule, whatever guest and peer leave to do", arguments: [0, 0.03, 0.5])
  func isSound(faultRate: Double) {
    var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    var generator = ProgramGenerator(style: .network, seed: Cases.seed, faultRate: faultRate)
    for _ in 0..<Cases.count {
      let program = generator.program(steps: 24..<64)
      _ = harness.run(program)
      guard let finding = harness.observer.ledger.findings.first else { continue }
      Issue.record("\(finding.clause.name) at step \(finding.step):\n\(program.text(numbered: true))")
      return
    }
  }

  @Test(
    "gives the guest frames whose checksums are right, once what is left to do is done; and leaves nothing to a guest that does not take it over",
    arguments: [true, false])
  func isCompleted(takesOffloads: Bool) throws {
    var harness = Harness(device: ReferenceDevice(), observer: WireObserver())
    var random = SeededNumbers(Cases.seed)
    for _ in 0..<min(Cases.count, 60) {
      // Checksums, and where the guest takes them segments; see `Request.unicast`.
      let kinds = takesOffloads ? [1, 2, 3, 4, 5, 6, 14, 15] : [1, 2, 14, 15]
      let choices = (0..<random.below(5) + 1).map { _ in (kinds[random.below(kinds.count)], 90 + random.below(1424)) }
      var text = """
        virtio-program 1
        device network withheld=\(takesOffloads ? "0x8000" : "0x8382")
        negotiate accept=0xffffffffffffffff
        queue queue=0 size=64
        queue queue=1 size=64
        status set=driver-ok
        link change=loop

        """
      for (kind, length) in choices {
        text += "publish queue=0 length=1526 flags=kick\n"
        text += "publish queue=1 region=1 length=\(length) sector=\(kind << 28 + 7) request=broadcast flags=kick\n"
        text += "poll\nservice\n"
      }
      let summary = harness.run(try Program(text: text))
      #expect(summary.skippedSteps == 0)
      #expect(harness.observer.judge.ledger.findings.isEmpty, "\(harness.observer.judge.ledger.findings)")
      #expect(harness.observer.sent.map(\.count) == choices.map(\.1))
      let frames = harness.observer.receivedFrames
      let headers = harness.observer.receivedHeaders
      #expect(frames.count == choices.count && headers.count == choices.count, "\(text)")
      for (index, (frame, header)) in zip(frames, headers).enumerated() {
        let whole = Self.completed(frame, header)
        #expect(Self.sum(whole) == 0xffff, "\(text)")
        #expect(whole == Self.completed(harness.observer.sent[index], harness.observer.sentHeaders[index]))
        #expect(3...6 ~= choices[index].0 ? header.gsoSize == 100 : header.flags == 0)
        #expect(takesOffloads || header.flags == 0)
      }
    }
  }
}

/// The same numbers for the same seed.
private struct SeededNumbers {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }
}
