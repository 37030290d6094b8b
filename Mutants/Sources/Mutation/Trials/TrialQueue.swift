import Dispatch
import Synchronization

/// Runs mutants, some at a time.
public struct TrialQueue: Sendable {
  private let laboratory: Laboratory
  /// Of the equivalent ones, by number.
  private let reasons: [Int: String]
  private let uncompiled: Set<Int>
  private let journal: Journal?

  public init(laboratory: Laboratory, reasons: [Int: String], uncompiled: Set<Int>, journal: Journal?) {
    self.laboratory = laboratory
    self.reasons = reasons
    self.uncompiled = uncompiled
    self.journal = journal
  }

  private struct State {
    var waiting: ArraySlice<Mutant>
    var outcomes: [Outcome] = []
    var error: (any Error)?
  }

  /// What becomes of each. The first error ends it.
  ///
  /// - Parameter progress: is called with a line for each mutant that was run.
  public func outcomes(
    of mutants: [Mutant], jobs: Int, progress: @Sendable (String) -> Void
  ) throws -> [Outcome] {
    let earlier = journal?.lines() ?? [:]
    var known: [Outcome] = []
    let waiting = mutants.filter { mutant in
      let outcome = settled(mutant) ?? earlier[mutant.id]?.outcome(of: mutant)
      if let outcome { known.append(outcome) }
      return outcome == nil
    }
    let state = Mutex(State(waiting: waiting[...], outcomes: known))
    DispatchQueue.concurrentPerform(iterations: jobs) { _ in
      while let mutant = state.withLock({ $0.error == nil ? $0.waiting.popFirst() : nil }) {
        let result = Result { try laboratory.outcome(of: mutant) }
        state.withLock { state in
          do {
            let outcome = try result.get()
            try journal?.add(outcome)
            state.outcomes.append(outcome)
            progress("\(state.outcomes.count) of \(mutants.count): \(outcome.words)")
          } catch {
            state.error = state.error ?? error
          }
        }
      }
    }
    return try state.withLock { state in
      if let error = state.error { throw error }
      return state.outcomes
    }
  }

  /// What is known without a run.
  private func settled(_ mutant: Mutant) -> Outcome? {
    if uncompiled.contains(mutant.number) { return Outcome(mutant: mutant, fate: .uncompiled) }
    return reasons[mutant.number].map { Outcome(mutant: mutant, fate: .equivalent(reason: $0)) }
  }
}

extension Outcome {
  /// For people.
  fileprivate var words: String {
    let end: String
    switch fate {
    case .killed(let killing): end = "killed by \(killing.by), \(killing.clause ?? "without an id")"
    case .survived: end = "survived"
    case .equivalent: end = "equivalent"
    case .uncompiled: end = "not compiled"
    }
    return "\(mutant.number) \(mutant.id) (\(mutant.change)): \(end), \((seconds * 10).rounded() / 10) s"
  }
}
