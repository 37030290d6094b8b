/// How a process of this package ends.
enum ExitCode: Int32 {
  case nothingFound = 0
  /// A file or path that cannot be read.
  case unreadable = 1
  case wrongUsage = 64
  /// A program ran past its time limit.
  case hang = 70
  /// A clause was broken, or the process died.
  case finding = 77

  /// The code for both together: what was found outweighs what hung.
  func joined(with other: ExitCode) -> ExitCode { rawValue > other.rawValue ? self : other }
}
