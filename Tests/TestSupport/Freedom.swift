import VirtioSpec

/// A choice that the specification leaves open, and that real devices take in one way or the other.
public struct Freedom: Sendable, CustomStringConvertible {
  /// The item of the list of ambiguities, A1 to A27.
  public let item: String
  /// What the device does, in a few words.
  public let choice: String
  /// Makes a double that takes the freedom.
  public let take: @Sendable (Border) -> Void
  /// What the profile has to say of it, if a judge has to know.
  public let declare: (@Sendable (inout Freedoms) -> Void)?
  /// The clauses that a judge may warn of.
  public let warns: [ClauseID]
  /// Where the profile has to say it, or a judge warns of it: a program that shows a device which does it.
  public let shownBy: String?

  public init(
    _ item: String, _ choice: String, declare: (@Sendable (inout Freedoms) -> Void)? = nil,
    warns: [ClauseID] = [], shownBy: String? = nil, take: @escaping @Sendable (Border) -> Void
  ) {
    self.warns = warns
    self.shownBy = shownBy
    self.item = item
    self.choice = choice
    self.take = take
    self.declare = declare
  }

  public var description: String { "\(item): \(choice)" }

  /// A device that takes the freedom, and says so where a judge has to know. It declares no policy of this project's.
  public func border(declared: Bool = true) -> Border {
    let border = Border(take)
    let profile = border.profile
    border.profile = { [declare] in
      $0.declaresHousePolicy = false
      profile(&$0)
      if declared { declare?(&$0.freedoms) }
    }
    return border
  }
}
