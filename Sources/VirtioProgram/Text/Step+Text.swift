extension Step {
  /// The step's line in the text form: its kind, and the fields that are not 0.
  public var text: String {
    let step = reduced()
    return step.kind.fields.reduce(into: step.kind.name) { line, spec in
      let number = step[spec.field]
      if number != 0 { line += " \(spec.name)=\(spec.text(number))" }
    }
  }

  /// The step that the words of a line spell; there is at least one.
  init(_ words: [TextWord]) throws(ProgramError) {
    let kinds = StepKind.allCases
    let kind = kinds[try words[0].index(among: kinds.map(\.name), what: "kind of step")]
    self.init(kind)
    for textField in try TextField.fields(words.dropFirst()) {
      let specs = kind.fields
      let spec = specs[try textField.name.index(among: specs.map(\.name), what: "field of \(kind.name)")]
      self[spec.field] = try spec.number(textField.value)
    }
  }
}
