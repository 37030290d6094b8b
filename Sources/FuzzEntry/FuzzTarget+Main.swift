import FuzzerShim
import Glibc
import VirtioHarness
import VirtioProgram

extension FuzzTarget where Device: ~Copyable {
  /// The executable's `main`: fuzzes where libFuzzer is linked, and replays files otherwise.
  public func main() -> Never {
    switch session.arguments.mode {
    case .help:
      write(usage, to: STDOUT_FILENO)
      exit(ExitCode.nothingFound.rawValue)
    case .wrongUsage(let message):
      giveUp(.wrongUsage, "\(message)\n\n\(usage)")
    case .explain(let death):
      explain(death)
      exit(ExitCode.nothingFound.rawValue)
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
    case .transcript(let form):
      exit(tell(session.arguments.paths[0], as: form).rawValue)
    case .fuzz:
      shim_release_signals()
      // Lives as long as the process, as libFuzzer expects of arguments.
      var arguments = session.arguments.engineArguments.map { strdup($0)! }
      exit(shim_run_engine(Int32(arguments.count), &arguments))
    }
  }

  /// Says how the process that started this one died: its program is on standard input.
  private func explain(_ death: FuzzArguments.Death) {
    // That process waits.
    alarm(20)
    guard let bytes = readAll(STDIN_FILENO) else { return }
    bytes.withUnsafeBytes { session.program.decode($0) }
    let cause = death.isHang ? Report.Cause.hang : .crash(signal: death.signal)
    let isCanonical = bytes.withUnsafeBytes(session.isCanonical)
    write(session.report(cause, step: death.step, artifact: death.artifact, isCanonical: isCanonical).text)
  }

  private var usage: String {
    let name = session.arguments.executable
    return """
      usage: \(name) <file or folder>...
               Replays programs, each in a process of its own. -timeout=<seconds> limits each, 10 by default.
             \(name) [-<flag>=<value>...] [<folder>...]
               Fuzzes, in a build with -Xswiftc -sanitize=fuzzer. The flags are libFuzzer's: see -help=1. There, files
               are replayed if no flag is given.
             \(name) --minimize=<output> <file>
               Writes the smallest program with the same finding; see 'virtio-fuzz minimize'. -max_total_time=<seconds>
               ends it with what it has come to.
             \(name) --verdicts=<output> <file>...
               Writes a line for each program, which is empty or its finding; see 'virtio-fuzz triage'.
             \(name) --survey=<output> <file>...
               Writes a line of what this device cannot show, and one for each program, with all that was counted and
               found; see 'virtio-fuzz conformance'.
             \(name) --transcript=<text, colour or json> <file>
               Tells all that happens while a program runs; see 'virtio-fuzz show --verdict'.

      environment:
        VIRTIO_FUZZ_KNOWN  findings that do not stop it, such as MMIO-DEV-03/kick,ROB-05/*
        VIRTIO_FUZZ_ONLY   the only findings that stop it, written likewise
        VIRTIO_FUZZ_KEEP   a folder where each process that fuzzes puts a program of each new finding, to go on behind it
        VIRTIO_FUZZ_STATS  a folder where each process that fuzzes keeps its counters

      exit codes: 0 nothing found, 77 a finding, 70 a time-out, 71 out of memory, 72 interrupted, 64 wrong usage,
      1 a path that cannot be read

      """
  }
}
