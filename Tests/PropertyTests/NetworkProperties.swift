import TestSupport
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

/// Judges, and keeps what goes out and what the guest is given.
private struct WireObserver: ~Copyable, EventObserver {
  var judge = Judge(memory: .standard)
  /// Whole frames, in their order.
  private(set) var sent: [[UInt8]] = []
  /// What was written into buffers: headers and frames, in their order.
  private(set) var received: [UInt8] = []

  mutating func begin(_ profile: DeviceProfile) {
    judge.begin(profile)
    sent = []
    received = []
  }

  mutating func observe(_ event: Event, _ bytes: RawSpan) {
    judge.observe(event, bytes)
    switch event.kind {
    case .emission: sent.append(Self.array(bytes))
    // The driver puts no ring so far up in a region.
    case .deviceWrite where event.address & 0xffff >= 0x9000: received += Self.array(bytes)
    default: break
    }
  }

  mutating func finish() { judge.finish() }

  private static func array(_ bytes: RawSpan) -> [UInt8] {
    (0..<bytes.byteCount).map { bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
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

/// The same numbers for the same seed.
private struct SeededNumbers {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }
}
