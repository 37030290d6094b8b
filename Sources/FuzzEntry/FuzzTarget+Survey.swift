import FuzzerShim
import Glibc
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

extension FuzzTarget where Device: ~Copyable {
  /// Runs these programs in children, and writes lines: one of `BlindSpot`s, and then a `Survey`'s for each program, in
  /// their order.
  func survey(_ files: [String], into output: String) -> ExitCode {
    do {
      var worker: Worker?
      var lines = BlindSpot.line(BlindSpot.ofAnyDevice) + "\n"
      let limit = Duration.seconds(session.arguments.timeout)
      for file in files {
        let bytes = try readFile(file)
        let program = bytes.withUnsafeBytes { Program(decoding: $0) }
        lines += try survey(of: program, limit: limit, by: &worker) + "\n"
      }
      worker.take()?.end()
      try replaceFile(output, with: Array(lines.utf8))
      return .nothingFound
    } catch {
      giveUp(.unreadable, "\(error)")
    }
  }

  /// A `Survey`'s line, of a program that is run in the child `worker`, which is started where there is none.
  private func survey(of program: Program, limit: Duration, by worker: inout Worker?) throws -> String {
    let child = try worker.take() ?? startSurveyor()
    session.board.step.pointee = Board.outsideProgram
    switch child.ask(Worker.Task(bytes: program.encode(), limit: limit)) {
    case .line(let line):
      worker = consume child
      return line
    case .death(let end):
      let death = death(end, of: program, limit: limit)
      return Survey(declaresHousePolicy: false, isMemoryAudited: true, rows: [], findings: [death]).line
    }
  }

  private func startSurveyor() throws(UnreadablePath) -> Worker {
    // A child that dies between two programs, of whatever, is found out by reading.
    signal(SIGPIPE, SIG_IGN)
    return try Worker { bytes in
      bytes.withUnsafeBytes { self.session.program.decode($0) }
      let before = self.harness.observer.judge.ledger.counts.map { $0 }
      _ = self.harness.run(self.session.program)
      let counts = self.harness.observer.judge.ledger.counts.map { $0 }
      var rows: [Survey.Row] = []
      self.harness.observer.judge.ledger.forEachMarked { index in
        rows.append(
          Survey.Row(
            clause: ClauseID.allCases[index], satisfied: counts[index].satisfied - before[index].satisfied,
            violated: counts[index].violated - before[index].violated,
            suspended: counts[index].suspended - before[index].suspended))
      }
      return Survey(
        declaresHousePolicy: self.harness.observer.declaresHousePolicy,
        isMemoryAudited: self.harness.observer.isMemoryAudited, rows: rows,
        findings: self.harness.observer.judge.ledger.findings.map { Verdict($0) }
      ).line
    }
  }
}
