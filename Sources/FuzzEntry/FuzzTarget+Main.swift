import FuzzerShim
import Glibc
import VirtioHarness
import VirtioProgram

extension FuzzTarget where Device: ~Copyable {
  /// The executable's `main`: fuzzes where libFuzzer is linked, and replays files otherwise.
  public func main() -> Never {
    switch session.arguments.mode {
    case .answer, .transcript: preconditionFailure("the initializer has ended the process")
    case .replay:
      // What libFuzzer brings along handles signals; without it, Swift's runtime may show where a program traps.
      if shim_has_engine() { shim_release_signals() }
      exit(replay(session.arguments.paths).rawValue)
    case .minimize(let output):
      exit(minimize(session.arguments.paths[0], into: output).rawValue)
    case .verdicts(let output):
      exit(judge(session.arguments.paths, into: output).rawValue)
    case .survey(let output):
      exit(survey(session.arguments.paths, into: output).rawValue)
    case .fuzz:
      shim_release_signals()
      session.runEngine()
    }
  }
}
