import Dispatch
import Foundation
import Synchronization

/// Passes Ctrl-C, and SIGTERM, on to the children, so that this process lives to say what they did. The second time it
/// ends them whatever they do. When this goes, the signals end this process again.
final class Interruption {
  private final class Count: Sendable {
    let value = Mutex(0)
  }

  private let count = Count()
  private let sources: [any DispatchSourceSignal]

  init(of jobs: [FuzzJob]) {
    let queue = DispatchQueue(label: "signals")
    sources = Self.signals.map { number in
      // A handler, as a signal that is ignored is ignored in children, too.
      signal(number) { _ in }
      return DispatchSource.makeSignalSource(signal: number, queue: queue)
    }
    for source in sources {
      source.setEventHandler { [count] in
        let times = count.value.withLock { value in
          value += 1
          return value
        }
        for job in jobs {
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

  var hasHappened: Bool { count.value.withLock { $0 > 0 } }
}
