import FuzzerShim
import Glibc

extension FuzzSession {
  /// Ends the process with what needs no device.
  mutating func end(with answer: FuzzArguments.Answer) -> Never {
    switch answer {
    case .help: write(usage, to: STDOUT_FILENO)
    case .engineHelp: runEngine()
    case .explain(let death): explain(death)
    case .wrongUsage(let message): giveUp(.wrongUsage, "\(message)\n\n\(usage)")
    }
    exit(ExitCode.nothingFound.rawValue)
  }

  /// Hands the process over to libFuzzer.
  func runEngine() -> Never {
    // Lives as long as the process, as libFuzzer expects of arguments.
    var arguments = arguments.engineArguments.map { strdup($0)! }
    exit(shim_run_engine(Int32(arguments.count), &arguments))
  }

  /// Says how the process that started this one died: its program is on standard input.
  private mutating func explain(_ death: FuzzArguments.Death) {
    // That process waits.
    alarm(20)
    guard let bytes = readAll(STDIN_FILENO) else { return }
    bytes.withUnsafeBytes { program.decode($0) }
    let cause = death.isHang ? Report.Cause.hang : .crash(signal: death.signal)
    let isCanonical = bytes.withUnsafeBytes(isCanonical)
    write(report(cause, step: death.step, artifact: death.artifact, isCanonical: isCanonical).text)
  }

  private var usage: String {
    let name = arguments.executable
    return """
      usage: \(name) <file>...
               Replays programs, each in a process of its own. -timeout=<seconds> limits each, 10 by default. A build
               without libFuzzer takes folders, too; with it, they are for what fuzzing collects.
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
             \(name) --transcript=<text, colour or json> <file> [<mark>]
               Tells all that happens while a program runs; see 'virtio-fuzz show --verdict'. The file <mark> gets 'asked',
               'begun' when it runs, and 'done' behind its end, whatever the exit code.

      environment:
        VIRTIO_FUZZ_KNOWN  findings that do not stop it, such as MMIO-DEV-03/kick,ROB-05/*
        VIRTIO_FUZZ_ONLY   the only findings that stop it, written likewise
        VIRTIO_FUZZ_KEEP   a folder where each process that fuzzes puts a program of each new finding, to go on behind it
        VIRTIO_FUZZ_STATS  a folder where each process that fuzzes keeps its counters
        VIRTIO_FUZZ_WITHOUT  what fuzzing goes without, to be measured: mutator, clauses, judge

      exit codes: 0 nothing found, 77 a finding, 70 a time-out, 71 out of memory, 72 interrupted, 64 wrong usage,
      1 a path that cannot be read

      """
  }
}
