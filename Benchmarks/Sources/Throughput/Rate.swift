import VirtioHarness

/// How much was run, and in what time.
struct Rate: CustomStringConvertible {
  private var programs = 0
  private var steps = 0
  private var elapsed = Duration.zero
  /// The shortest time of a round: what the machine does while nobody else is using it.
  private var shortest = Duration.seconds(Int64.max)
  private var rounds = 0

  mutating func add(_ summary: RunSummary) {
    programs += 1
    steps += summary.executedSteps
  }

  /// Repeats `round` for so many seconds, behind one round that is not counted.
  static func measure(_ seconds: Double, _ round: (inout Rate) -> Void) -> Rate {
    var rate = Rate()
    round(&rate)
    rate = Rate()
    let start = ContinuousClock.now
    repeat {
      round(&rate)
      rate.rounds += 1
      let now = ContinuousClock.now - start
      rate.shortest = min(rate.shortest, now - rate.elapsed)
      rate.elapsed = now
    } while rate.elapsed < .seconds(seconds)
    return rate
  }

  var stepsPerSecond: Double { Double(steps) / (elapsed / .seconds(1)) }

  /// How many times as fast this is as another, by the best rounds: for example `4.1`.
  func ratio(to other: Rate) -> String {
    let tenths = Int((best / other.best * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// Steps per second of the best round.
  private var best: Double { Double(steps) / Double(rounds) / (shortest / .seconds(1)) }

  var description: String {
    let programsPerSecond = Int(Double(programs) / (elapsed / .seconds(1)))
    return "\(programsPerSecond) programs/s, \(Int(stepsPerSecond)) steps/s; in the best round \(Int(best)) steps/s"
  }
}
