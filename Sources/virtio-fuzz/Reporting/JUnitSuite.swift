import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Test cases in JUnit's XML, as CI servers read them.
struct JUnitSuite {
  enum Outcome {
    case passed
    /// Why it says nothing.
    case skipped(message: String)
    case failed(type: String, message: String, text: String)
    case inError(type: String, message: String)
  }

  private let name: String
  private let classname: String
  private var cases: [(name: String, outcome: Outcome)] = []

  init(name: String, classname: String) {
    self.name = name
    self.classname = classname
  }

  mutating func add(_ name: String, _ outcome: Outcome) { cases.append((name, outcome)) }

  /// The document.
  var bytes: [UInt8] {
    let elements = cases.map { testCase($0.name, $0.outcome) }
    func count(_ name: String) -> String { "\(elements.count { !$0.elements(forName: name).isEmpty })" }
    let counts = [
      "tests": "\(elements.count)", "failures": count("failure"), "errors": count("error"), "skipped": count("skipped"),
    ]
    let suite = element("testsuite", counts.merging(["name": name]) { $1 })
    for element in elements { suite.addChild(element) }
    let root = element("testsuites", counts)
    root.addChild(suite)
    let document = XMLDocument(rootElement: root)
    document.version = "1.0"
    document.characterEncoding = "UTF-8"
    return [UInt8](document.xmlData(options: .nodePrettyPrint)) + [UInt8(ascii: "\n")]
  }

  private func testCase(_ name: String, _ outcome: Outcome) -> XMLElement {
    let testCase = element("testcase", ["classname": classname, "name": name, "time": "0"])
    switch outcome {
    case .passed: break
    case .skipped(let message): testCase.addChild(element("skipped", ["message": message]))
    case .failed(let type, let message, let text):
      testCase.addChild(element("failure", ["type": type, "message": message], text: text))
    case .inError(let type, let message): testCase.addChild(element("error", ["type": type, "message": message]))
    }
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
