import Foundation

/// Shows how a run goes: a live line on a terminal, else a line now and then.
final class Monitor {
  private let folder: URL
  private let jobs: [FuzzJob]
  private let start: ContinuousClock.Instant
  private let console: Console
  private var next: ContinuousClock.Instant

  init(folder: URL, jobs: [FuzzJob], start: ContinuousClock.Instant, console: Console) {
    self.folder = folder
    self.jobs = jobs
    self.start = start
    self.console = console
    next = start + .seconds(console.isTerminal ? 1 : 10)
  }

  func show() {
    let now = ContinuousClock.now
    guard now >= next else { return }
    next = now + .seconds(console.isTerminal ? 1 : 10)
    if console.isTerminal { console.status(line(now)) } else { console.line(line(now)) }
  }

  private func line(_ now: ContinuousClock.Instant) -> String {
    let statistics = Statistics(folder: folder)
    let progress = jobs.map(\.progress)
    let seconds = (now - start) / .seconds(1)
    let newest = progress.compactMap(\.lastNewInput).max()
    return "\(Int(seconds)) s: \(perSecond(statistics.executions, seconds)) exec/s, "
      + "\(perSecond(statistics.steps, seconds)) steps/s, cov \(progress.map(\.coverage).max() ?? 0), "
      + "clauses \(statistics.armedClauses) armed, \(statistics.violatedClauses) violated, "
      + "\(statistics.breachedClauses) broken by drivers, "
      + (newest.map { "new input \(Int((now - $0) / .seconds(1))) s ago" } ?? "no new input")
  }
}

/// A rate as people read it: `812`, `12.3k`, `1.52M`.
func perSecond(_ count: UInt64, _ seconds: Double) -> String {
  let rate = seconds > 0 ? Double(count) / seconds : 0
  return switch rate {
  case ..<1e4: "\(Int(rate))"
  case ..<1e6: "\((rate / 1e2).rounded() / 10)k"
  default: "\((rate / 1e4).rounded() / 100)M"
  }
}
