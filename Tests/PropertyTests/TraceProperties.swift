import TestSupport
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

/// A digest of all events of a run, bytes of memory included.
struct EventDigest: ~Copyable, EventObserver {
  private(set) var digest: UInt64 = 0

  mutating func begin(_ profile: DeviceProfile) { digest = 0xcbf2_9ce4_8422_2325 }

  mutating func observe(_ event: Event, _ bytes: RawSpan) {
    for number in [UInt64(event.kind.rawValue), event.address, event.value, UInt64(event.detail)] { mix(number) }
    for index in 0..<bytes.byteCount { mix(UInt64(bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self))) }
  }

  private mutating func mix(_ number: UInt64) {
    digest = (digest ^ number) &* 0x100_0000_01b3
    digest ^= digest >> 29
  }
}

@Suite("The same program from the same start")
struct TraceProperties {
  @Test("gives the same events, whatever ran before (ROB-08)", arguments: ["registers", "descriptors", "lifecycle"])
  func givesTheSameTrace(_ style: String) {
    var generator = ProgramGenerator(style: .named(style), seed: Cases.seed)
    let programs = (0..<Cases.count).map { _ in generator.program(steps: 24..<64) }
    var first = Harness(device: ReferenceDevice(), observer: EventDigest())
    let digests = programs.map { program in
      _ = first.run(program)
      return first.observer.digest
    }
    // Backwards, in another harness: nothing of what ran before may be left.
    var second = Harness(device: ReferenceDevice(), observer: EventDigest())
    for (program, digest) in zip(programs, digests).reversed() {
      _ = second.run(program)
      #expect(second.observer.digest == digest, "\(program.text())")
    }
    #expect(Set(digests).count > Cases.count / 2)
  }
}
