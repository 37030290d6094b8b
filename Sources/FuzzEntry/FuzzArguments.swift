import FuzzerShim
import Glibc
import Transcript
import VirtioProgram

/// What a fuzz target was started with.
struct FuzzArguments {
  enum Mode {
    /// Runs no program.
    case answer(Answer)
    /// Runs files, each by itself.
    case replay
    /// Makes one program smaller, and puts it into the file at this path.
    case minimize(into: String)
    /// Says in the file at this path what is wrong with each of some programs.
    case verdicts(into: String)
    /// Says in the file at this path all that is seen of each of some programs.
    case survey(into: String)
    /// Tells all that happens in one program.
    case transcript(Transcript.Form)
    /// Leaves everything to libFuzzer.
    case fuzz
  }

  /// What no device is needed for.
  enum Answer {
    case help
    /// libFuzzer's flags.
    case engineHelp
    /// How another process of this executable died.
    case explain(Death)
    case wrongUsage(String)
  }

  /// What the handlers of the C shim tell of a death.
  struct Death {
    let isHang: Bool
    let signal: String
    let step: UInt64
    let artifact: String
  }

  let executable: String
  let mode: Mode
  /// Files and folders.
  let paths: [String]
  private let flags: [String]

  init(_ arguments: [String], hasEngine: Bool) {
    executable = arguments.first ?? "target"
    let rest = arguments.dropFirst()
    flags = rest.filter { $0.hasPrefix("-") }
    paths = rest.filter { !$0.hasPrefix("-") }
    mode = Self.mode(Array(rest), flags: flags, paths: paths, hasEngine: hasEngine)
  }

  private static func mode(_ arguments: [String], flags: [String], paths: [String], hasEngine: Bool) -> Mode {
    if flags.contains("--help") { return .answer(.help) }
    if arguments.first == "--explain" {
      guard let death = Death(arguments.dropFirst()) else { return wrongUsage("--explain is for handlers of signals") }
      return .answer(.explain(death))
    }
    if let output = value(ofFlag: "--minimize", in: flags) {
      return paths.count == 1 ? .minimize(into: output) : wrongUsage("--minimize takes one file, not \(paths.count)")
    }
    if let output = value(ofFlag: "--verdicts", in: flags) { return .verdicts(into: output) }
    if let output = value(ofFlag: "--survey", in: flags) { return .survey(into: output) }
    if let form = value(ofFlag: "--transcript", in: flags) {
      guard 1...2 ~= paths.count else { return wrongUsage("--transcript takes one or two files, not \(paths.count)") }
      return Transcript.Form(rawValue: form).map { .transcript($0) }
        ?? wrongUsage("--transcript=\(form) is no form; it can be text, colour or json")
    }
    if hasEngine {
      if value(ofFlag: "-help", in: flags) == "1" { return .answer(.engineHelp) }
      // libFuzzer replays files too, but ends at the first that dies.
      return !paths.isEmpty && flags.isEmpty && paths.allSatisfy(isFile) ? .replay : .fuzz
    }
    if let flag = flags.first(where: { value(ofFlag: "-timeout", in: [$0]).flatMap { UInt32($0) } == nil }) {
      return wrongUsage("'\(flag)' is for libFuzzer, which this build is without; it takes -timeout=<seconds> only")
    }
    return paths.isEmpty ? wrongUsage("this build is without libFuzzer, and replays files: name some") : .replay
  }

  private static func wrongUsage(_ message: String) -> Mode { .answer(.wrongUsage(message)) }

  /// In seconds; 0 is no limit.
  var timeout: UInt32 { value(of: "-timeout").flatMap { UInt32($0) } ?? 10 }

  /// How long all of it may take, where that is limited, in seconds.
  var totalTime: UInt32? { value(of: "-max_total_time").flatMap { UInt32($0) } }

  var artifactPrefix: String { value(of: "-artifact_prefix") ?? "./" }

  /// The one path of all artifacts, if there is one: given, or that of the file that libFuzzer replays.
  var exactArtifactPath: String? {
    if let path = value(of: "-exact_artifact_path") { return path }
    guard value(of: "-minimize_crash_internal_step") == nil, paths.count == 1, isFile(paths[0]) else { return nil }
    return paths[0]
  }

  /// What libFuzzer is started with: all that was given, and our own defaults for what was not.
  var engineArguments: [String] {
    let defaults = [
      ("-timeout", Int(timeout)),
      ("-rss_limit_mb", 2048),
      // The entropic schedule costs more here than it finds: the same coverage in the same time, with fewer runs.
      ("-entropic", 0),
      ("-max_len", Program.maxSize),
    ]
    return [executable] + defaults.filter { value(of: $0.0) == nil }.map { "\($0.0)=\($0.1)" } + flags + paths
  }

  private func value(of flag: String) -> String? { Self.value(ofFlag: flag, in: flags) }

  /// What a flag of the form `-name=value` was given last.
  private static func value(ofFlag flag: String, in flags: [String]) -> String? {
    flags.last { $0.hasPrefix(flag + "=") }.map { String($0.dropFirst(flag.count + 1)) }
  }
}

extension FuzzArguments.Death {
  /// From `crash|timeout <signal> <step> <artifact>`.
  init?(_ words: ArraySlice<String>) {
    let words = Array(words)
    guard words.count == 4, let step = UInt64(words[2]) else { return nil }
    self.init(isHang: words[0] == "timeout", signal: words[1], step: step, artifact: words[3])
  }
}
