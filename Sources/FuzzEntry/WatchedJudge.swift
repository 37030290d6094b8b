import VirtioOracle
import VirtioSpec

/// A judge, and the number of the step that it is at, where it outlives the process.
@usableFromInline
struct WatchedJudge: EventObserver, ~Copyable {
  @usableFromInline var judge: Judge
  /// See ``Board``, which it is a word of.
  @usableFromInline var step: UnsafeMutablePointer<UInt64>
  /// Whether the device of this program owes the `HOUSE-*` clauses.
  @usableFromInline var declaresHousePolicy = false
  /// Whether each of its accesses to memory is seen.
  @usableFromInline var isMemoryAudited = true

  /// It judges nothing.
  @usableFromInline let isOff: Bool

  init(_ judge: consuming Judge, step: UnsafeMutablePointer<UInt64>, isOff: Bool) {
    self.isOff = isOff
    self.judge = judge
    self.step = step
  }

  @inlinable
  mutating func begin(_ profile: DeviceProfile) {
    step.pointee = Board.outsideProgram
    declaresHousePolicy = profile.declaresHousePolicy
    isMemoryAudited = profile.isMemoryAudited
    if !isOff { judge.begin(profile) }
  }

  @inlinable
  mutating func observe(_ event: Event, _ bytes: RawSpan) {
    switch event.kind {
    case .step: step.pointee = event.value
    case .end: step.pointee &+= 1
    default: break
    }
    if !isOff { judge.observe(event, bytes) }
  }

  @inlinable
  mutating func finish() {
    if !isOff { judge.finish() }
  }

  @inlinable
  var chainCounts: ChainCounts { judge.chainCounts }
}
