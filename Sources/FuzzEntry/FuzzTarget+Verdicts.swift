import FuzzerShim
import Glibc
import VirtioHarness
import VirtioProgram
import VirtioSpec

extension FuzzTarget where Device: ~Copyable {
  /// Runs these programs in children, and writes a line for each, in their order: a ``Verdict``'s, or an empty one.
  func judge(_ files: [String], into output: String) -> ExitCode {
    do {
      var worker: Worker?
      var lines = ""
      let limit = Duration.seconds(session.arguments.timeout)
      for file in files {
        let bytes = try readFile(file)
        let program = bytes.withUnsafeBytes { Program(decoding: $0) }
        lines += (try verdict(on: program, limit: limit, by: &worker)?.line ?? "") + "\n"
      }
      worker.take()?.end()
      try replaceFile(output, with: Array(lines.utf8))
      return .nothingFound
    } catch {
      giveUp(.unreadable, "\(error)")
    }
  }

  /// What is wrong with a program, run in the child `worker`, which is started where there is none; nil if nothing is.
  func verdict(on program: Program, limit: Duration, by worker: inout Worker?) throws -> Verdict? {
    let child = try worker.take() ?? startWorker()
    session.board.step.pointee = Board.outsideProgram
    switch child.ask(Worker.Task(bytes: program.encode(), limit: limit)) {
    case .line(let line):
      worker = consume child
      return Verdict(line: line)
    case .death(let end):
      return death(end, of: program, limit: limit)
    }
  }

  private func startWorker() throws(UnreadablePath) -> Worker {
    // A child that dies between two programs, of whatever, is found out by reading.
    signal(SIGPIPE, SIG_IGN)
    return try Worker { bytes in
      bytes.withUnsafeBytes { self.session.program.decode($0) }
      _ = self.harness.run(self.session.program)
      let finding = self.session.mainFinding(in: self.harness.observer.judge.ledger.findings)
      return finding.map { Verdict($0).line } ?? ""
    }
  }

  /// What a program is found to do that a child died of.
  func death(_ end: shim_end, of program: Program, limit: Duration) -> Verdict {
    let word = session.board.step.pointee
    let isInStep = word < program.steps.count
    let step = isInStep ? Int(word) : word == Board.outsideProgram ? 0 : program.steps.count
    let isHang = !end.exited && end.code == SIGALRM
    let cause = end.exited ? "exit code \(end.code)" : String(cString: shim_signal_name(end.code))
    return Verdict(
      FindingIdentity(clause: isHang ? .rob02 : .rob01, stepKind: isInStep ? program.steps[step].kind : nil),
      severity: .error, step: step, sight: isHang ? "no end after \(limit)" : "died of \(cause)")
  }
}
