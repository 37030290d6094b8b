import Foundation
import Synchronization

/// Says on the error stream what is wrong.
func complain(_ message: String) {
  FileHandle.standardError.write(Data("Error: \(message)\n".utf8))
}

/// Says on the error stream what a person should know, though it is no error.
func warn(_ message: String) {
  FileHandle.standardError.write(Data("Warning: \(message)\n".utf8))
}

/// The error stream during a run: lines, and below them on a terminal one status line that is written over.
final class Console: Sendable {
  let isTerminal = isatty(STDERR_FILENO) != 0
  /// Nothing is written at all.
  private let isQuiet: Bool
  /// The status line that the terminal shows.
  private let shown = Mutex("")

  init(isQuiet: Bool = false) { self.isQuiet = isQuiet }

  /// Writes a line that stays.
  func line(_ line: String) {
    shown.withLock { shown in
      write(shown.isEmpty ? "\(line)\n" : "\(Self.clear)\(line)\n\(shown)")
    }
  }

  /// Shows another status line. Only on a terminal.
  func status(_ line: String) {
    shown.withLock { shown in
      write("\(Self.clear)\(line)")
      shown = line
    }
  }

  func endStatus() {
    shown.withLock { shown in
      if !shown.isEmpty { write("\n") }
      shown = ""
    }
  }

  /// To the start of the line, and nothing behind it.
  private static let clear = "\r\u{1b}[K"

  private func write(_ text: String) {
    if !isQuiet { FileHandle.standardError.write(Data(text.utf8)) }
  }
}
