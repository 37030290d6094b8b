import ArgumentParser
import Foundation
import Synchronization

/// A place in a run for a fuzz target, which is started again where it died of something known.
final class FuzzJob: Sendable {
  private struct State {
    /// One after the other; only the last may run.
    var children: [FuzzChild]
    var isOver = false
    /// What its end counts as, if not as what it was.
    var code: ExitCode?
  }

  private let state: Mutex<State>

  init(_ child: FuzzChild) { state = Mutex(State(children: [child])) }

  private var last: FuzzChild { state.withLock { $0.children[$0.children.count - 1] } }

  func goOn(with child: FuzzChild) { state.withLock { $0.children.append(child) } }

  var isRunning: Bool { last.isRunning }

  /// The last one has ended, and no other will follow.
  var isOver: Bool { state.withLock(\.isOver) }

  /// - Parameter code: what its end counts as, if not as what it was.
  func end(as code: ExitCode? = nil) {
    state.withLock {
      $0.isOver = true
      $0.code = code
    }
  }

  /// The last one's program, if it ended inside of one.
  func lastInput(in folder: URL) -> LastInput? { LastInput(ofProcess: last.identifier, in: folder) }

  func interrupt() { last.interrupt() }

  func kill() { last.kill() }

  /// What the last one says.
  var progress: EngineOutput { last.progress }

  /// What all of them said.
  var allProgress: [EngineOutput] { state.withLock { $0.children.map(\.progress) } }

  /// Whether it has died of the same again and again. That input was taken out in vain; once more it may have come about
  /// by chance.
  func diesForEver(of artifact: String) -> Bool {
    allProgress.flatMap(\.artifacts).count { $0 == artifact } > Self.mostDeaths
  }

  /// Of the same, before it is to be reported though it is known.
  static let mostDeaths = 3

  /// How the last one ended; only when it has ended.
  func outcome() -> ChildOutcome {
    state.withLock(\.code).map { ChildOutcome(reason: .exit, status: $0.rawValue) } ?? last.outcome()
  }
}
