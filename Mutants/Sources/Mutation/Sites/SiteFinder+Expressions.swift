import SwiftSyntax

// Operators, numbers and truth values.
extension SiteFinder {
  func findOperator(_ node: InfixOperatorExprSyntax) {
    guard let token = node.operator.as(BinaryOperatorExprSyntax.self)?.operator else { return }
    if ["&&", "||"].contains(token.text) { return findConnective(node, token) }
    let (range, place) = (node.range, token.range)
    if let mutations = OperatorMutations.infix(token.text) {
      add(node, at: place.lowerBound, mutations.changes) { numbers in
        [
          .open(range.lowerBound, Call.opening(mutations.function, numbers)), .replace(place, ","),
          .close(range.upperBound, ")"),
        ]
      }
    } else if let mutations = OperatorMutations.assigning(token.text) {
      add(node, at: place.lowerBound, mutations.changes) { numbers in
        [
          .open(range.lowerBound, Call.opening("assign_\(mutations.function)", numbers) + "&"), .replace(place, ","),
          .close(range.upperBound, ")"),
        ]
      }
    }
  }

  /// Of `a && b` and `a || b`, either side is not looked at. Of a chain, each member once.
  private func findConnective(_ node: InfixOperatorExprSyntax, _ token: TokenSyntax) {
    let isAnd = token.text == "&&"
    let function = isAnd ? "holds" : "fails"
    let inner = node.leftOperand.as(InfixOperatorExprSyntax.self)?.operator.as(BinaryOperatorExprSyntax.self)
    var parts = [(node.rightOperand, Mutation.right)]
    if inner?.operator.text != token.text { parts.insert((node.leftOperand, .left), at: 0) }
    for (part, mutation) in parts {
      let range = part.range
      let words = "\(part.words) \(isAnd ? "always holds" : "never holds")"
      add(part, at: token.start, [.init(mutation: mutation, words: words)]) { numbers in
        [.open(range.lowerBound, Call.opening(function, numbers)), .close(range.upperBound, ")")]
      }
    }
  }

  func findPrefix(_ node: PrefixOperatorExprSyntax) {
    let place = node.operator.range
    let (function, mutation): (String, Mutation)
    switch node.operator.text {
    // The condition as a whole is negated already.
    case "!" where !node.isNegatedAsCondition: (function, mutation) = ("not", .negation)
    case "~": (function, mutation) = ("complement", .mask)
    default: return
    }
    let end = node.range.upperBound
    add(node, [.init(mutation: mutation, words: "\(node.words) without \(node.operator.text)")]) { numbers in
      [.replace(place, Call.opening(function, numbers)), .close(end, ")")]
    }
  }

  func findNumber(_ node: IntegerLiteralExprSyntax) {
    let text = node.literal.text
    var changes = [Site.Change(mutation: .increment, words: "\(text) becomes \(text) + 1")]
    if text != "0" { changes.append(.init(mutation: .decrement, words: "\(text) becomes \(text) - 1")) }
    wrap(node, in: "number", changes)
  }

  func findTruthValue(_ node: BooleanLiteralExprSyntax) {
    // Of a loop without an end, the rest of the function hangs on it.
    guard node.parent?.parent?.parent?.is(WhileStmtSyntax.self) != true else { return }
    let other = node.literal.text == "true" ? "false" : "true"
    wrap(node, in: "swap", [.init(mutation: .flip, words: "\(node.literal.text) becomes \(other)")])
  }

  func findExtreme(_ node: FunctionCallExprSyntax) {
    guard let name = node.name, ["min", "max"].contains(name), node.arguments.count > 1,
      let parenthesis = node.leftParen, node.trailingClosure == nil
    else { return }
    let place = node.start..<parenthesis.range.upperBound
    let change = Site.Change(mutation: .extreme, words: "\(name) becomes \(name == "min" ? "max" : "min")")
    add(node, [change]) { numbers in [.replace(place, Call.opening(name == "min" ? "least" : "most", numbers))] }
  }
}
