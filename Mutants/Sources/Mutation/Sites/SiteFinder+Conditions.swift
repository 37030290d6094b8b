import SwiftSyntax

// What decides where it goes on.
extension SiteFinder {
  /// One condition of a `guard`, an `if` or a `while`. Conditions that bind something have no mutant that compiles.
  func findCondition(_ node: ConditionElementSyntax) {
    guard case .expression(let condition) = node.condition, !condition.is(BooleanLiteralExprSyntax.self) else { return }
    let statement = node.parent?.parent
    if statement?.is(GuardStmtSyntax.self) == true {
      wrap(condition, in: "holds", [.init(mutation: .check, words: "'guard \(condition.words)' is missing")])
    } else if statement?.is(IfExprSyntax.self) == true {
      let check = Site.Change(mutation: .check, words: "'if \(condition.words)' is never taken")
      if condition.isEquality {
        wrap(condition, in: "fails", [check])
      } else {
        wrap(condition, in: "branch", [.init(mutation: .swap, words: "'if \(condition.words)' is negated"), check])
      }
    } else if statement?.is(WhileStmtSyntax.self) == true, !condition.isEquality {
      wrap(condition, in: "swap", [.init(mutation: .swap, words: "'while \(condition.words)' is negated")])
    }
  }

  func findTernary(_ node: TernaryExprSyntax) {
    guard !node.condition.isEquality else { return }
    wrap(node.condition, in: "swap", [.init(mutation: .swap, words: "'\(node.condition.words) ?' is negated")])
  }
}

extension ExprSyntaxProtocol {
  /// As a comparison, it is negated already.
  fileprivate var isEquality: Bool {
    let name = self.as(InfixOperatorExprSyntax.self)?.operator.as(BinaryOperatorExprSyntax.self)?.operator.text
    return name == "==" || name == "!="
  }

  /// It is all of a condition which `findCondition` or `findTernary` negates.
  var isNegatedAsCondition: Bool {
    if let ternary = parent?.as(TernaryExprSyntax.self) { return ternary.condition.id == id }
    guard let element = parent?.as(ConditionElementSyntax.self) else { return false }
    return element.parent?.parent?.is(GuardStmtSyntax.self) != true
  }
}
