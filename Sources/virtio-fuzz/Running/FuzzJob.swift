import ArgumentParser
import Synchronization

/// A place in a run for a fuzz target, which is started again where it died of something known.
final class FuzzJob: Sendable {
  /// One after the other; only the last may run.
  private let children: Mutex<[FuzzChild]>

  private let isConcluded = Mutex(false)

  init(_ child: FuzzChild) { children = Mutex([child]) }

  private var last: FuzzChild { children.withLock { $0[$0.count - 1] } }

  func goOn(with child: FuzzChild) { children.withLock { $0.append(child) } }

  var isRunning: Bool { last.isRunning }

  func interrupt() { last.interrupt() }

  func kill() { last.kill() }

  /// What the last one says.
  var progress: EngineOutput { last.progress }

  /// What all of them said.
  var allProgress: [EngineOutput] { children.withLock { $0.map(\.progress) } }

  /// How the last one ended, unless that is known and there is no time to go on; only when it has ended.
  func outcome() -> ChildOutcome {
    isConcluded.withLock { $0 } ? ChildOutcome(reason: .exit, status: ExitCode.success.rawValue) : last.outcome()
  }

  /// What ended the last one is known, and it is not started again.
  func conclude() { isConcluded.withLock { $0 = true } }
}
