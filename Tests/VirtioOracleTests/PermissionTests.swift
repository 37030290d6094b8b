import TestSupport
import Testing
import VirtioSpec

/// Something that the text lets a device do in one place, and that no rule may hold against it. What a device does
/// everywhere is a ``Freedom``.
struct Permission: Sendable, CustomStringConvertible {
  /// What it may do, in a few words.
  let description: String
  let program: String
  /// Makes a double that does it.
  let take: @Sendable (Border) -> Void

  init(_ description: String, _ program: String, _ take: @escaping @Sendable (Border) -> Void) {
    self.description = description
    self.program = program
    self.take = take
  }

  /// A device that does it, and declares no policy of this project's.
  func border() -> Border {
    let border = Border(take)
    let profile = border.profile
    border.profile = {
      $0.declaresHousePolicy = false
      profile(&$0)
    }
    return border
  }
}

@Suite("A device may")
struct PermissionTests {
  static let permissions =
    networkPermissions + blockPermissions + consolePermissions + registerPermissions + ringPermissions

  @Test("do what nothing forbids", arguments: permissions)
  func passes(_ permission: Permission) throws {
    let verdicts = try judge(permission.program, permission.border())
    #expect(verdicts.findings.isEmpty, "found \(verdicts.violated.map(\.name))")
  }
}
