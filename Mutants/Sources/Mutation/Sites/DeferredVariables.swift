import SwiftSyntax

/// Finds variables that have no value where they are declared: without the statement that gives them one, nothing
/// compiles, and the compiler complains elsewhere.
final class DeferredVariables: SyntaxVisitor {
  private var names: Set<String> = []

  static func names(in body: CodeBlockSyntax) -> Set<String> {
    let finder = DeferredVariables(viewMode: .sourceAccurate)
    finder.walk(body)
    return finder.names
  }

  override func visit(_ node: PatternBindingSyntax) -> SyntaxVisitorContinueKind {
    let isOptional = node.typeAnnotation?.type.is(OptionalTypeSyntax.self) ?? false
    if node.initializer == nil, node.accessorBlock == nil, !isOptional {
      names.insert(node.pattern.trimmedDescription)
    }
    return .visitChildren
  }
}
