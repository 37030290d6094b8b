import SwiftSyntax

// What is left out.
extension SiteFinder {
  /// A statement that is an assignment, or a call whose result nobody looks at.
  func findStatement(_ node: CodeBlockItemSyntax, deferred: Set<String>) {
    guard case .expr(let expression) = node.item, isRemovable(expression, in: node, deferred) else { return }
    let range = expression.range
    add(expression, [.init(mutation: .removal, words: "'\(expression.words)' is left out")]) { numbers in
      [
        .open(range.lowerBound, "if Mutant.isOff(\(numbers[0])) { "), .close(range.upperBound, " }"),
      ]
    }
  }

  private func isRemovable(_ expression: ExprSyntax, in item: CodeBlockItemSyntax, _ deferred: Set<String>) -> Bool {
    if let attempt = expression.as(TryExprSyntax.self) { return isRemovable(attempt.expression, in: item, deferred) }
    if let call = expression.as(FunctionCallExprSyntax.self) { return !call.isPrecondition && !item.isResult }
    guard let infix = expression.as(InfixOperatorExprSyntax.self) else { return false }
    guard infix.operator.is(AssignmentExprSyntax.self) else {
      let name = infix.operator.as(BinaryOperatorExprSyntax.self)?.operator.text ?? ""
      return OperatorMutations.assigning(name) != nil
    }
    return !deferred.contains(infix.leftOperand.trimmedDescription) && !infix.mayInitialize
  }

  /// A function of some length and without a result does nothing. A shorter one is its statement.
  func findEarlyReturn(_ node: FunctionDeclSyntax) {
    guard node.signature.returnClause == nil, let body = node.body, body.statements.count > 1 else { return }
    let place = body.leftBrace.range.upperBound
    add(body.leftBrace, [.init(mutation: .earlyReturn, words: "'\(node.name.text)' does nothing")]) { numbers in
      [.close(place, " if Mutant.isOn(\(numbers[0])) { return };")]
    }
  }
}

extension InfixOperatorExprSyntax {
  /// An assignment to a property in an initializer: without it, nothing may compile.
  fileprivate var mayInitialize: Bool {
    let isProperty =
      leftOperand.is(DeclReferenceExprSyntax.self)
      || leftOperand.as(MemberAccessExprSyntax.self)?.base?.trimmedDescription == "self"
    return isProperty && sequence(first: Syntax(self), next: \.parent).contains { $0.is(InitializerDeclSyntax.self) }
  }
}

extension CodeBlockItemSyntax {
  /// It is the result of a function, a closure or an expression, since it is alone there.
  fileprivate var isResult: Bool {
    guard let list = parent?.as(CodeBlockItemListSyntax.self), list.count == 1, let owner = list.parent else {
      return false
    }
    if owner.is(ClosureExprSyntax.self) || owner.is(AccessorBlockSyntax.self) { return true }
    if let switchCase = owner.as(SwitchCaseSyntax.self) { return Self.isResult(switchCase.parent?.parent) }
    guard let holder = owner.as(CodeBlockSyntax.self)?.parent else { return false }
    if let function = holder.as(FunctionDeclSyntax.self) { return function.signature.returnClause != nil }
    if let accessor = holder.as(AccessorDeclSyntax.self) { return accessor.accessorSpecifier.text == "get" }
    return holder.is(IfExprSyntax.self) && Self.isResult(holder)
  }

  /// Whether an `if` or a `switch` has a value.
  private static func isResult(_ branching: Syntax?) -> Bool {
    guard let parent = branching?.parent else { return false }
    if parent.is(IfExprSyntax.self) { return isResult(parent) }
    guard parent.is(ExpressionStmtSyntax.self) else { return true }
    return parent.parent?.as(CodeBlockItemSyntax.self)?.isResult ?? false
  }
}
