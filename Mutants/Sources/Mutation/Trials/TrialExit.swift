import Foundation

/// How a process ended that ran programs without libFuzzer.
struct TrialExit {
  private let child: Child

  init(_ child: Child) { self.child = child }

  /// What it found; nil for nothing. An error where it did not get to work.
  var killing: Killing? {
    get throws {
      if child.code == 0, child.output.contains(SupportFiles.lastWord) { return nil }
      // What it dies of before that is no program's fault.
      guard child.output.contains(SupportFiles.firstWord), child.code < 0 || child.code == 77 else {
        throw FileError("programs", "they did not run; exit code \(child.code):\n\(child.lastWords)")
      }
      let by = child.output.contains(SupportFiles.seedsWord) ? "programs" : "seeds"
      let isHang = child.isTooLong || child.code == -SIGALRM
      return Killing(by: by, clause: child.code == 77 ? child.clause : isHang ? "ROB-02" : "ROB-01")
    }
  }
}
