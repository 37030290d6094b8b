import Foundation

/// A file or folder with which something is wrong: which one, and what.
struct FileError: Error, CustomStringConvertible {
  let path: String
  let problem: String

  var description: String { "\(path): \(problem)" }

  init(_ path: String, _ problem: String) {
    self.path = path
    self.problem = problem
  }

  /// What the system says, in its own words.
  init(_ path: String, _ error: any Error) {
    let cause = (error as? CocoaError)?.underlying ?? error
    self.init(path, (cause as? POSIXError).map { String(cString: strerror($0.code.rawValue)) } ?? "\(cause)")
  }
}
