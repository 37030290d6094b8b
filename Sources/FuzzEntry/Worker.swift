import FuzzerShim
import Glibc

/// A child process that runs programs, one after the other, and says of each what came of it. What it dies of is one
/// of the answers.
struct Worker: ~Copyable {
  /// A program as it goes to the child: how many bytes it has, how long it may run, and its bytes.
  struct Task {
    let bytes: [UInt8]
    let limit: Duration
  }

  /// Without an answer, how the child ended.
  enum Answer {
    case line(String)
    case death(shim_end)
  }

  private let process: pid_t
  private let tasks: Int32
  private let answers: Int32

  /// Starts a child, in which `answer` makes a line without a line feed of each program's bytes.
  init(answer: ([UInt8]) -> String) throws(UnreadablePath) {
    let (tasks, answers) = (try Self.pipe(), try Self.pipe())
    let child = shim_fork()
    guard child >= 0 else { throw UnreadablePath("a process for programs") }
    if child == 0 {
      close(tasks.write)
      close(answers.read)
      Self.keepQuiet()
      Self.serve(tasks.read, answers.write, answer)
    }
    close(tasks.read)
    close(answers.write)
    self.process = child
    self.tasks = tasks.write
    self.answers = answers.read
  }

  deinit {
    close(tasks)
    close(answers)
  }

  func ask(_ task: Task) -> Answer {
    let milliseconds = UInt64(task.limit / .milliseconds(1))
    let head = [UInt64(task.bytes.count), milliseconds]
    _ = head.withUnsafeBytes { writeAll($0, to: tasks) } && task.bytes.withUnsafeBytes { writeAll($0, to: tasks) }
    // A line is short, and comes as a whole.
    guard let size: UInt64 = readValue(answers), let bytes = readExactly(Int(size), from: answers) else {
      return .death(shim_wait(process))
    }
    return .line(String(decoding: bytes, as: UTF8.self))
  }

  /// Ends the child.
  consuming func end() {
    kill(process, SIGKILL)
    _ = shim_wait(process)
  }

  private static func pipe() throws(UnreadablePath) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { throw UnreadablePath("a pipe to a process for programs") }
    return (ends[0], ends[1])
  }

  /// What a device prints is no answer, and hundreds of deaths need neither a stack trace nor a core dump each.
  private static func keepQuiet() {
    shim_release_signals()
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    let nowhere = open("/dev/null", O_RDWR)
    for descriptor in STDIN_FILENO...STDERR_FILENO { dup2(nowhere, descriptor) }
  }

  private static func serve(_ tasks: Int32, _ answers: Int32, _ answer: ([UInt8]) -> String) -> Never {
    while let size: UInt64 = readValue(tasks), let limit: UInt64 = readValue(tasks),
      let bytes = readExactly(Int(size), from: tasks)
    {
      // Ends this process where the program does not end.
      shim_set_alarm(limit)
      let line = Array(answer(bytes).utf8)
      shim_set_alarm(0)
      let head = [UInt64(line.count)]
      _ = head.withUnsafeBytes { writeAll($0, to: answers) } && line.withUnsafeBytes { writeAll($0, to: answers) }
    }
    _exit(0)
  }
}
