/// A node as a blob has it: where it and the properties that discovery looks at are.
struct FlatNode {
  /// Of its token.
  let offset: Int
  let name: Range<Int>
  /// The index of the node that it lies in; nil for the root.
  let parent: Int?
  /// In bytes, with the slash in front of each name; 0 for the root.
  let pathLength: Int
  /// The values, at most one for each name.
  private var values: [(name: PropertyName, value: Range<Int>)] = []

  init(offset: Int, name: Range<Int>, parent: Int?, pathLength: Int) {
    self.offset = offset
    self.name = name
    self.parent = parent
    self.pathLength = pathLength
  }

  /// The value of a property; nil where the node does not have it.
  subscript(name: PropertyName) -> Range<Int>? { values.first { $0.name == name }?.value }

  /// Of two with the same name the first one counts.
  mutating func add(_ name: PropertyName, _ value: Range<Int>) {
    if self[name] == nil { values.append((name, value)) }
  }
}
