import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

extension TriageResult {
  /// A test case for each finding, which failed, one for each file that cannot be read, which is in error, and one for
  /// the programs that show nothing, if there are some.
  func junit() -> [UInt8] {
    var cases = groups.map { group in
      let failure = element(
        "failure", ["type": group.clause.name, "message": group.clause.says],
        text: "\(group.smallest.sight)\n" + group.examples.map { "\($0.path)\n" }.joined())
      return testCase("\(group.identity) (\(group.severity))", [failure])
    }
    cases += unreadable.map { file in
      testCase(file.path, [element("error", ["type": "unreadable", "message": file.problem])])
    }
    if fineCount > 0 { cases.append(testCase("\(fineCount) programs show nothing", [])) }
    let counts = [
      "tests": "\(cases.count)", "failures": "\(groups.count)", "errors": "\(unreadable.count)", "skipped": "0",
    ]
    let suite = element("testsuite", counts.merging(["name": "virtio-fuzz triage on \(device)"]) { $1 })
    for testCase in cases { suite.addChild(testCase) }
    let root = element("testsuites", counts)
    root.addChild(suite)
    let document = XMLDocument(rootElement: root)
    document.version = "1.0"
    document.characterEncoding = "UTF-8"
    return [UInt8](document.xmlData(options: .nodePrettyPrint)) + [UInt8(ascii: "\n")]
  }

  private func testCase(_ name: String, _ children: [XMLElement]) -> XMLElement {
    let testCase = element("testcase", ["classname": "virtio-fuzz.\(device)", "name": name, "time": "0"])
    for child in children { testCase.addChild(child) }
    return testCase
  }

  private func element(_ name: String, _ attributes: [String: String], text: String = "") -> XMLElement {
    let element = XMLElement(name: name)
    // In an order, so that the same findings are the same bytes.
    for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
      let attribute = XMLNode(kind: .attribute)
      attribute.name = name
      attribute.stringValue = value.printable
      element.addAttribute(attribute)
    }
    if !text.isEmpty { element.stringValue = text.printable }
    return element
  }
}

extension String {
  /// Without the control characters that XML has no way to write, which a file's name may have.
  fileprivate var printable: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.value < 32 && $0 != "\n" ? "\u{fffd}" : $0 }))
  }
}
