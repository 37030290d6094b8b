import TestSupport
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioProperties
import VirtioSpec

/// A digest of all events of a run, bytes of memory included.
struct EventDigest: ~Copyable, EventObserver {
  private(set) var digest: UInt64 = 0

  mutating func begin(_ profile: DeviceProfile) { digest = 0xcbf2_9ce4_8422_2325 }

  mutating func observe(_ event: Event, _ bytes: RawSpan) {
    for number in [UInt64(event.kind.rawValue), event.address, event.value, UInt64(event.detail)] { mix(number) }
    for index in 0..<bytes.byteCount { mix(UInt64(bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self))) }
  }

  mutating func finish() {}

  private mutating func mix(_ number: UInt64) {
    digest = (digest ^ number) &* 0x100_0000_01b3
    digest ^= digest >> 29
  }
}

private typealias JudgedHarness = Harness<ReferenceDevice, Judge>

/// What a judge said of one program: how often it judged each clause, and what the device and the driver broke.
private struct Verdict: Equatable {
  let counts: [[UInt64]]
  let broken: [String]

  init(_ ledger: borrowing Ledger, before: [[UInt64]]) {
    counts = zip(Self.counts(ledger), before).map { zip($0, $1).map { $0 - $1 } }
    broken = ledger.findings.map { "\($0)" } + ledger.breaches.map { "\($0)" }
  }

  static func counts(_ ledger: borrowing Ledger) -> [[UInt64]] {
    ClauseID.allCases.map { clause in
      let count = ledger.counts[Int(clause.rawValue)]
      return [count.satisfied, count.violated, count.suspended]
    }
  }

  /// Of a program that `harness` runs.
  static func of(_ program: Program, _ harness: inout JudgedHarness) -> Verdict {
    let before = counts(harness.observer.ledger)
    _ = harness.run(program)
    return Verdict(harness.observer.ledger, before: before)
  }
}

@Suite("The same program from the same start")
struct TraceProperties {
  /// Programs of all styles, by turns: of other devices, rings and transports than those before them.
  private static let programs: [Program] = {
    var generators = ProgramGenerator.Style.allCases.map { ProgramGenerator(style: $0, seed: Cases.seed) }
    return (0..<Cases.count).map { generators[$0 % generators.count].program(steps: 24..<64) }
  }()

  @Test("gives the same events, whatever ran before (ROB-08)")
  func givesTheSameTrace() {
    var first = Harness(device: ReferenceDevice(), observer: EventDigest())
    let digests = Self.programs.map { program in
      _ = first.run(program)
      return first.observer.digest
    }
    // Backwards, in another harness: nothing of what ran before may be left.
    var second = Harness(device: ReferenceDevice(), observer: EventDigest())
    for (program, digest) in zip(Self.programs, digests).reversed() {
      _ = second.run(program)
      #expect(second.observer.digest == digest, "\(program.text())")
    }
    #expect(Set(digests).count > Cases.count / 2)
  }

  @Test("gives the same verdict, whatever was judged before")
  func givesTheSameVerdict() {
    var first = JudgedHarness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    let verdicts = Self.programs.map { Verdict.of($0, &first) }
    var second = JudgedHarness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    for (program, verdict) in zip(Self.programs, verdicts).reversed() {
      #expect(Verdict.of(program, &second) == verdict, "\(program.text())")
    }
  }
}
