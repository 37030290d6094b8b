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
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
    self.init(path, cause.domain == NSPOSIXErrorDomain ? String(cString: strerror(Int32(cause.code))) : "\(error)")
  }
}
