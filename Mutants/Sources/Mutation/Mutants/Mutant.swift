/// The device model with one change.
public struct Mutant: Sendable {
  /// Of all mutants of the package: from 1 on, by file and place.
  public let number: Int
  /// Below the folder of the device model.
  public let file: String
  public let line: Int
  public let column: Int
  public let mutation: Mutation
  /// What was changed into what, as in `< becomes <=`.
  public let change: String
  /// By what it is found again when lines have moved.
  public let anchor: Anchor

  /// As in `Queues/VirtQueue.swift:120:14:comparison`.
  public var id: String { "\(file):\(line):\(column):\(mutation.rawValue)" }
}
