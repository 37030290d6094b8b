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
