import Dispatch
import Foundation
import Synchronization

/// Passes Ctrl-C, and SIGTERM, on to the children, so that this process lives to say what they did. The second time it
/// ends them whatever they do.
final class Interruption: Sendable {
  private let count = Mutex(0)
  private let sources: [any DispatchSourceSignal]

  init(of children: [FuzzChild]) {
    let queue = DispatchQueue(label: "signals")
    sources = [SIGINT, SIGTERM].map { number in
      // A handler, as a signal that is ignored is ignored in children, too.
      signal(number) { _ in }
      return DispatchSource.makeSignalSource(signal: number, queue: queue)
    }
    for source in sources {
      source.setEventHandler { [weak self] in
        guard let self else { return }
        let isFirst = count.withLock { count in
          count += 1
          return count == 1
        }
        for child in children {
          if isFirst { child.interrupt() } else { child.kill() }
        }
      }
      source.activate()
    }
  }

  var hasHappened: Bool { count.withLock { $0 > 0 } }
}
