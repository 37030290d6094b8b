import Glibc
import VirtioHarness
import VirtioProgram

extension FuzzTarget where Device: ~Copyable {
  /// How many programs are tried at most: what 512 steps of the longest kind need, several times over.
  private static var attemptLimit: Int { 100_000 }

  /// Writes the smallest program found that shows what this one does: a finding of the same clause in a step of the same
  /// kind, behind a driver that is as innocent, and an occasion to judge the clause on the reference device if there was
  /// one. What is accepted has shown it twice, the second time in a process that ran nothing before.
  func minimize(_ file: String, into output: String) -> ExitCode {
    do {
      let bytes = try readFile(file)
      let program = bytes.withUnsafeBytes { Program(decoding: $0) }
      let limit = Duration.seconds(session.arguments.timeout)
      var worker: Worker?
      guard let found = try verdict(on: program, limit: limit, by: &worker) else {
        giveUp(.unreadable, "\(file): nothing is found in it that could be kept")
      }
      worker.take()?.end()
      guard let again = try verdict(on: program, limit: limit, by: &worker), again.saysAgain(found) else {
        giveUp(.unreadable, "\(found.identity) shows in one process and not in another: this cannot be minimized")
      }
      let small = try shrink(program, found, limit, &worker)
      worker.take()?.end()
      try replaceFile(output, with: small.encode())
      return .nothingFound
    } catch {
      giveUp(.unreadable, "\(error)")
    }
  }

  /// Most of what hangs is tried with a small part of the time limit; the result has to hang for all of it.
  private func shrink(
    _ program: Program, _ found: Verdict, _ limit: Duration, _ worker: inout Worker?
  ) throws -> Program {
    let end = session.arguments.totalTime.map { ContinuousClock.now + .seconds($0) }
    var reference = ReferenceWorker(clause: found.identity.clause)
    defer { reference.end() }
    let isKept = try reference.isKept(in: program)
    for candidateLimit in [limit / 20, limit] {
      var shrinker = Shrinker(limit: Self.attemptLimit)
      let small = shrinker.shrink(program) { candidate in
        if let end, .now > end { return false }
        return orGiveUp(.unreadable) {
          try showsTwice(found, candidate, candidateLimit, &worker) && (!isKept || reference.isKept(in: candidate))
        }
      }
      worker.take()?.end()
      guard try verdict(on: small, limit: limit, by: &worker)?.saysAgain(found) == true else { continue }
      let isDone = shrinker.isDone && end.map { .now < $0 } != false
      let rest = isDone ? "" : "; that is the limit, and it may become smaller yet"
      let counts = "\(program.steps.count) steps to \(small.steps.count), \(shrinker.attempts) programs tried"
      write("\(found.identity): \(counts)\(rest)\n")
      return small
    }
    giveUp(.unreadable, "\(found.identity): the smaller program shows it in some processes only")
  }

  /// Whether the program shows the finding in `worker`, and again in a process of its own.
  private func showsTwice(
    _ found: Verdict, _ program: Program, _ limit: Duration, _ worker: inout Worker?
  ) throws -> Bool {
    guard try verdict(on: program, limit: limit, by: &worker)?.saysAgain(found) == true else { return false }
    worker.take()?.end()
    return try verdict(on: program, limit: limit, by: &worker)?.saysAgain(found) == true
  }
}
