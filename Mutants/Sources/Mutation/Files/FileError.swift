/// An error with a place, and what is wrong there.
public struct FileError: Error, CustomStringConvertible {
  public let path: String
  public let reason: String

  public init(_ path: String, _ reason: String) {
    (self.path, self.reason) = (path, reason)
  }

  public var description: String { "\(path): \(reason)" }
}
