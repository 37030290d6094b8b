extension ConformanceReport {
  /// A test case for each clause: failed where it is violated, and skipped where nothing was seen of it. What is known is
  /// skipped, too, and so are warnings, unless they count.
  func junit(isStrict: Bool) -> [UInt8] {
    var suite = JUnitSuite(name: "virtio-fuzz conformance of \(device)", classname: "virtio-fuzz.\(device)")
    for row in rows { suite.add("\(row.clause.name): \(row.clause.says)", row.outcome(isStrict: isStrict)) }
    return suite.bytes
  }
}

extension ConformanceReport.Row {
  fileprivate func outcome(isStrict: Bool) -> JUnitSuite.Outcome {
    switch verdict {
    case .holds: return .passed
    case .neverArmed, .notObservable:
      return .skipped(message: note.isEmpty ? verdict.words : "\(verdict.words): \(note)")
    case .violated:
      guard known == nil, isStrict || severity == .error else { return .skipped(message: "violated: \(note)") }
      let text = violations.map(\.text).joined(separator: "\n")
      return .failed(type: clause.name, message: note, text: text)
    }
  }
}
