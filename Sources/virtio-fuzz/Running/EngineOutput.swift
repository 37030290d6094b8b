import Foundation

/// What libFuzzer says about its run, from its lines.
struct EngineOutput {
  /// Edges that inputs have reached.
  private(set) var coverage = 0
  /// Inputs in the corpus.
  private(set) var corpus = 0
  private(set) var lastNewInput: ContinuousClock.Instant?
  /// Inputs that it wrote because of a finding.
  private(set) var artifacts: [String] = []
  /// How many places in the code are counted.
  private(set) var codeCounters = 0
  /// The last line for people.
  private(set) var lastWords = ""
  private var isInDictionary = false

  /// Notes what a line says. True for a line that a person should see.
  mutating func note(_ line: Substring) -> Bool {
    if line.hasPrefix("###### ") {
      isInDictionary = line.hasPrefix("###### Recommended")
      return false
    }
    guard !isInDictionary else { return false }
    if line.hasPrefix("#") {
      noteProgress(line)
      return false
    }
    if let mark = line.firstRange(of: Self.artifactMark) { artifacts.append(String(line[mark.upperBound...])) }
    // `INFO: Loaded 1 modules   (8192 inline 8-bit counters): 8192 [0x…, 0x…),`
    if line.hasPrefix("INFO: Loaded "), let end = line.firstRange(of: " inline 8-bit counters"),
      let start = line[..<end.lowerBound].lastIndex(of: "(")
    {
      codeCounters = Int(line[line.index(after: start)..<end.lowerBound]) ?? codeCounters
    }
    if Self.chatter.contains(where: { line.hasPrefix($0) }) || line.hasSuffix("libFuzzer: run interrupted; exiting") {
      return false
    }
    if !line.isEmpty { lastWords = String(line) }
    return true
  }

  /// A line like `#4096 NEW    cov: 153 ft: 412 corp: 38/12Kb …`.
  private mutating func noteProgress(_ line: Substring) {
    let words = line.split(whereSeparator: \.isWhitespace)
    for (name, value) in zip(words, words.dropFirst()) {
      switch name {
      case "cov:": coverage = Int(value) ?? coverage
      case "corp:": corpus = Int(value.prefix { $0 != "/" }) ?? corpus
      case "NEW": lastNewInput = .now
      default: break
      }
    }
  }

  private static let artifactMark = "Test unit written to "
  private static let chatter = ["INFO: ", "Loaded ", "Done ", "stat::", "\tNEW_FUNC", "  NEW_FUNC", "MERGE-"]
}
