import ArgumentParser
import Synchronization

/// A place in a run for a fuzz target, which is started again where it died of something known.
final class FuzzJob: Sendable {
  private struct State {
    /// One after the other; only the last may run.
    var children: [FuzzChild]
    var isOver = false
    var isKnown = false
  }

  private let state: Mutex<State>

  init(_ child: FuzzChild) { state = Mutex(State(children: [child])) }

  private var last: FuzzChild { state.withLock { $0.children[$0.children.count - 1] } }

  func goOn(with child: FuzzChild) { state.withLock { $0.children.append(child) } }

  var isRunning: Bool { last.isRunning }

  /// The last one has ended, and no other will follow.
  var isOver: Bool { state.withLock(\.isOver) }

  /// - Parameter isKnown: what ended the last one is known: it counts as if it had found nothing.
  func end(isKnown: Bool = false) {
    state.withLock {
      $0.isOver = true
      $0.isKnown = isKnown
    }
  }

  func interrupt() { last.interrupt() }

  func kill() { last.kill() }

  /// What the last one says.
  var progress: EngineOutput { last.progress }

  /// What all of them said.
  var allProgress: [EngineOutput] { state.withLock { $0.children.map(\.progress) } }

  /// Whether it has died of the same again and again. That input was taken out in vain; once more it may have come about
  /// by chance.
  func diesForEver(of artifact: String) -> Bool { allProgress.flatMap(\.artifacts).count { $0 == artifact } > 3 }

  /// How the last one ended; only when it has ended.
  func outcome() -> ChildOutcome {
    state.withLock(\.isKnown) ? ChildOutcome(reason: .exit, status: ExitCode.success.rawValue) : last.outcome()
  }
}
