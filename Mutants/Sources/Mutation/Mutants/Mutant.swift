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

/// A mutant by its surroundings, which hold when other lines of its file change.
public struct Anchor: Hashable, Sendable {
  public let file: String
  /// The function, property or type that it is in, as in `VirtQueue.place(atPage:of:)`.
  public let declaration: String
  /// As in a mutant's id.
  public let mutation: String
  /// The line of the source, without white space around it.
  public let line: String
  /// Which one it is of those that are else the same, from 1 on.
  public let occurrence: Int
}
