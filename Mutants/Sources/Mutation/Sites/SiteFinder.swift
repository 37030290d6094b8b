import SwiftOperators
import SwiftParser
import SwiftSyntax

/// Finds the sites of a file, an outer one in front of those inside of it.
///
/// What a driver cannot reach is left out: preconditions, which bind whoever uses the library. So is what has no mutant
/// that compiles: types, attributes, patterns, and what a parameter is when nothing is passed.
final class SiteFinder: SyntaxVisitor {
  private(set) var sites: [Site] = []
  /// The declarations around the current node.
  private var declarations: [String] = []
  /// For each function around the current node, the variables that get their value behind their declaration.
  private var deferred: [Set<String>] = [[]]

  /// The sites of a source text.
  static func sites(in source: String) -> [Site] {
    let finder = SiteFinder(viewMode: .sourceAccurate)
    // An operator that nobody knows leaves its expression as it is, and without sites.
    finder.walk(OperatorTable.standardOperators.foldAll(Parser.parse(source: source)) { _ in })
    return finder.sites
  }

  func add(
    _ node: some SyntaxProtocol, at position: Int? = nil, _ changes: [Site.Change],
    edits: @escaping @Sendable ([Int]) -> [Edit]
  ) {
    sites.append(
      Site(
        range: node.range, position: position ?? node.start, declaration: declarations.joined(separator: "."),
        changes: changes, edits: edits))
  }

  /// Puts a call of a function of the schemata around an expression, with a number for each change.
  func wrap(_ node: some ExprSyntaxProtocol, in function: String, _ changes: [Site.Change]) {
    let range = node.range
    add(node, changes) { numbers in
      [.open(range.lowerBound, Call.opening(function, numbers)), .close(range.upperBound, ")")]
    }
  }

  // Where sites are.

  override func visit(_ node: InfixOperatorExprSyntax) -> SyntaxVisitorContinueKind {
    findOperator(node)
    return .visitChildren
  }

  override func visit(_ node: PrefixOperatorExprSyntax) -> SyntaxVisitorContinueKind {
    findPrefix(node)
    return .visitChildren
  }

  override func visit(_ node: IntegerLiteralExprSyntax) -> SyntaxVisitorContinueKind {
    findNumber(node)
    return .skipChildren
  }

  override func visit(_ node: BooleanLiteralExprSyntax) -> SyntaxVisitorContinueKind {
    findTruthValue(node)
    return .skipChildren
  }

  override func visit(_ node: ConditionElementSyntax) -> SyntaxVisitorContinueKind {
    findCondition(node)
    return .visitChildren
  }

  override func visit(_ node: WhereClauseSyntax) -> SyntaxVisitorContinueKind {
    wrap(node.condition, in: "holds", [.init(mutation: .check, words: "'where' always holds")])
    return .visitChildren
  }

  override func visit(_ node: TernaryExprSyntax) -> SyntaxVisitorContinueKind {
    findTernary(node)
    return .visitChildren
  }

  override func visit(_ node: CodeBlockItemSyntax) -> SyntaxVisitorContinueKind {
    findStatement(node, deferred: deferred.last ?? [])
    return .visitChildren
  }

  override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
    guard !node.isPrecondition else { return .skipChildren }
    findExtreme(node)
    return .visitChildren
  }

  // Where none are.

  override func visit(_ node: AttributeListSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: GenericArgumentClauseSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: FunctionParameterClauseSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: StringLiteralExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: EnumCaseDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: TypeAnnotationSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: ExpressionPatternSyntax) -> SyntaxVisitorContinueKind { .skipChildren }

  // The declarations around a site.

  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
    let name = node.name.text + "(\(node.signature.parameterClause.labels))"
    enter(name, node.body)
    findEarlyReturn(node)
    return .visitChildren
  }
  override func visitPost(_ node: FunctionDeclSyntax) { leave() }

  override func visit(_ node: InitializerDeclSyntax) -> SyntaxVisitorContinueKind {
    enter("init(\(node.signature.parameterClause.labels))", node.body)
    return .visitChildren
  }
  override func visitPost(_ node: InitializerDeclSyntax) { leave() }

  override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind {
    // Of the variables, those of types: what is in a function is named after that.
    if node.parent?.is(MemberBlockItemSyntax.self) == true {
      enter(node.bindings.first?.pattern.trimmedDescription ?? "", nil)
    }
    return .visitChildren
  }
  override func visitPost(_ node: VariableDeclSyntax) {
    if node.parent?.is(MemberBlockItemSyntax.self) == true { leave() }
  }

  override func visit(_ node: StructDeclSyntax) -> SyntaxVisitorContinueKind { enter(node.name.text) }
  override func visitPost(_ node: StructDeclSyntax) { leave() }
  override func visit(_ node: EnumDeclSyntax) -> SyntaxVisitorContinueKind { enter(node.name.text) }
  override func visitPost(_ node: EnumDeclSyntax) { leave() }
  override func visit(_ node: ExtensionDeclSyntax) -> SyntaxVisitorContinueKind {
    enter(node.extendedType.trimmedDescription)
  }
  override func visitPost(_ node: ExtensionDeclSyntax) { leave() }

  @discardableResult
  private func enter(_ name: String, _ body: CodeBlockSyntax? = nil) -> SyntaxVisitorContinueKind {
    declarations.append(name)
    deferred.append(body.map { DeferredVariables.names(in: $0) } ?? [])
    return .visitChildren
  }

  private func leave() {
    declarations.removeLast()
    deferred.removeLast()
  }
}

extension SyntaxProtocol {
  /// Offsets in bytes, without what is no code around it.
  var range: Range<Int> { start..<endPositionBeforeTrailingTrivia.utf8Offset }

  var start: Int { positionAfterSkippingLeadingTrivia.utf8Offset }

  /// Its text in one line, and not too long.
  var words: String {
    let text = trimmedDescription.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return text.count > 60 ? "\(text.prefix(59))…" : text
  }
}

extension FunctionParameterClauseSyntax {
  fileprivate var labels: String { parameters.map { "\($0.firstName.text):" }.joined() }
}

extension FunctionCallExprSyntax {
  /// What it is called by, where that is a plain name.
  var name: String? { calledExpression.as(DeclReferenceExprSyntax.self)?.baseName.text }

  var isPrecondition: Bool { name.map { ["precondition", "preconditionFailure", "fatalError"].contains($0) } ?? false }
}
