extension TreeNode {
  /// The node in the source language, each line behind `indent`.
  func source(indent: String = "") -> String {
    let inner = indent + "\t"
    let lines = properties.map { "\(inner)\($0.name.rawValue)\($0.value.source);\n" }
    let nodes = children.map { "\n\($0.source(indent: inner))" }
    return "\(indent)\(name) {\n\(lines.joined())\(nodes.joined())\(indent)};\n"
  }
}

extension TreeNode.Value {
  fileprivate var source: String {
    switch self {
    case .flag: ""
    case .string(let text): " = \"\(text)\""
    case .addresses(let cells): " = <\(cells.map(hexadecimal).joined(separator: " "))>"
    case .numbers(let cells): " = <\(cells.map { "\($0)" }.joined(separator: " "))>"
    }
  }
}
