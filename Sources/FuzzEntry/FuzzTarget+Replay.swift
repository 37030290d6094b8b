import FuzzerShim
import Glibc
import VirtioHarness
import VirtioOracle
import VirtioProgram

extension FuzzTarget where Device: ~Copyable {
  /// Runs the programs in these files and folders, each in a child process: one that dies takes no other with it.
  func replay(_ paths: [String]) -> ExitCode {
    do {
      var worst = ExitCode.nothingFound
      for file in try programFiles(at: paths) {
        let bytes = try readFile(file)
        if bytes.starts(with: Program.textMark.utf8) {
          // In a folder, it lies beside its bytes.
          guard paths.contains(file) else { continue }
          giveUp(.unreadable, "\(file): this is the text of a program; 'virtio-fuzz assemble' makes bytes of it")
        }
        worst = worst.joined(with: replay(file, bytes))
      }
      return worst
    } catch {
      giveUp(.unreadable, "\(error)")
    }
  }

  private func replay(_ file: String, _ bytes: [UInt8]) -> ExitCode {
    bytes.withUnsafeBytes { session.program.decode($0) }
    let isCanonical = bytes.withUnsafeBytes(session.isCanonical)
    session.board.step.pointee = Board.outsideProgram
    let child = shim_fork()
    guard child >= 0 else { giveUp(.unreadable, "no process for \(UnreadablePath(file))") }
    if child == 0 {
      // Ends it where it hangs.
      shim_set_alarm(1000 * UInt64(session.arguments.timeout))
      _exit(run(file, isCanonical).rawValue)
    }
    let end = shim_wait(child)
    let step = session.board.step.pointee
    if step == Board.finished { return ExitCode(rawValue: end.code) ?? .finding }
    let isHang = !end.exited && end.code == SIGALRM
    let cause = end.exited ? "exit code \(end.code)" : String(cString: shim_signal_name(end.code))
    let report = session.report(
      isHang ? .hang : .crash(signal: cause), step: step, artifact: file, isCanonical: isCanonical)
    write(report.text)
    return isHang ? .hang : .finding
  }

  /// Runs the current program, and says what came of it.
  private func run(_ file: String, _ isCanonical: Bool) -> ExitCode {
    let summary = harness.run(session.program)
    session.board.record(summary, harness.observer.judge.ledger)
    let findings = harness.observer.judge.ledger.findings
    if let finding = session.newFinding(in: findings) {
      let report = session.report(
        finding, harness.observer.judge.ledger, artifact: file, isCanonical: isCanonical)
      write(report.text)
      return .finding
    }
    for finding in findings {
      let kind = finding.severity == .error ? "known" : "\(finding.severity)"
      write("\(file): \(kind): \(finding.clause.name) at step \(finding.step)\n", to: STDOUT_FILENO)
    }
    let counts = "\(summary.executedSteps) steps, \(summary.skippedSteps) skipped, \(summary.completedChains) chains"
    let scope = harness.observer.judge.ledger.scope.text.map { "; \($0)" } ?? ""
    write("\(file): nothing found: \(counts)\(scope)\n", to: STDOUT_FILENO)
    return .nothingFound
  }
}
