import Dispatch
import Foundation
import Synchronization

/// Passes Ctrl-C, and SIGTERM, on to the children, so that this process lives to say what they did. The second time it
/// ends them whatever they do. When this goes, the signals end this process again: there is one of these at a time.
final class Interruption {
  private final class State: Sendable {
    let count = Mutex(0)
    let jobs = Mutex<[FuzzJob]>([])
  }

  private let state = State()
  private let sources: [any DispatchSourceSignal]

  init(of jobs: [FuzzJob] = []) {
    state.jobs.withLock { $0 = jobs }
    let queue = DispatchQueue(label: "signals")
    sources = Self.signals.map { number in
      // A handler, as a signal that is ignored is ignored in children, too.
      signal(number) { _ in }
      return DispatchSource.makeSignalSource(signal: number, queue: queue)
    }
    for source in sources {
      source.setEventHandler { [state] in
        let times = state.count.withLock { count in
          count += 1
          return count
        }
        for job in state.jobs.withLock({ $0 }) {
          if times == 1 { job.interrupt() } else { job.kill() }
        }
      }
      source.activate()
    }
  }

  deinit {
    for source in sources { source.cancel() }
    for number in Self.signals { signal(number, SIG_DFL) }
  }

  private static let signals = [SIGINT, SIGTERM]

  var hasHappened: Bool { state.count.withLock { $0 > 0 } }

  /// From here on these are the children; they hear of it, too, where it has happened already.
  func pass(to jobs: [FuzzJob]) {
    state.jobs.withLock { $0 = jobs }
    if hasHappened { for job in jobs { job.interrupt() } }
  }
}
