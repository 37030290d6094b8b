import SwiftParser
import SwiftSyntax

/// A file of the device model with all its mutants in it, each behind its number.
public struct SchemataFile: Sendable {
  /// Below the folder of the device model.
  public let name: String
  private let source: [UInt8]
  /// In the order in which they are found: an outer one in front of those inside of it.
  private let sites: [Site]
  /// For each site the number of its first mutant.
  private let firstNumbers: [Int]
  /// For each mutant, by number.
  public let mutants: [Mutant]
  /// The sites that do not compile.
  private var removed: Set<Int> = []

  /// - Parameter firstNumber: Of the mutants of this file. They are numbered by their place.
  public init(name: String, source: String, firstNumber: Int) {
    self.name = name
    self.source = Array(source.utf8)
    let sites = SiteFinder.sites(in: source)
    let order = sites.indices.sorted { (sites[$0].position, $0) < (sites[$1].position, $1) }
    var firstNumbers = [Int](repeating: 0, count: sites.count)
    var mutants: [Mutant] = []
    var occurrences: [Anchor: Int] = [:]
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    let places = SourceLocationConverter(fileName: name, tree: Parser.parse(source: source))
    for index in order {
      let site = sites[index]
      firstNumbers[index] = firstNumber + mutants.count
      let place = places.location(for: AbsolutePosition(utf8Offset: site.position))
      let line = lines[place.line - 1].trimming(while: \.isWhitespace)
      for change in site.changes {
        func anchor(_ occurrence: Int) -> Anchor {
          Anchor(
            file: name, declaration: site.declaration, mutation: change.mutation.rawValue, line: line,
            occurrence: occurrence)
        }
        let occurrence = occurrences[anchor(0), default: 0] + 1
        occurrences[anchor(0)] = occurrence
        mutants.append(
          Mutant(
            number: firstNumber + mutants.count, file: name, line: place.line, column: place.column,
            mutation: change.mutation, change: change.words, anchor: anchor(occurrence)))
      }
    }
    self.sites = sites
    self.firstNumbers = firstNumbers
    self.mutants = mutants
  }

  /// The mutants that were taken out.
  public var uncompiled: Set<Int> { Set(removed.flatMap(numbers)) }

  private func numbers(ofSite index: Int) -> [Int] {
    Array(firstNumbers[index]..<firstNumbers[index] + sites[index].changes.count)
  }

  private var edits: [Edit] {
    let found = sites.indices.filter { !removed.contains($0) }
      .flatMap { index in sites[index].edits(numbers(ofSite: index)).map { (edit: $0, site: index) } }
    return found.sorted { Self.key($0.edit, $0.site) < Self.key($1.edit, $1.site) }.map(\.edit)
  }

  /// At one offset, what ends there comes first, from the inside out; then what begins there, from the outside in.
  private static func key(_ edit: Edit, _ site: Int) -> (Int, Int, Int) {
    switch edit {
    case .close(let offset, _): (offset, 0, -site)
    case .open(let offset, _): (offset, 1, site)
    case .replace(let range, _): (range.lowerBound, 2, site)
    }
  }

  /// The source with the mutants in it. Its lines are those of the original.
  public var text: String { String(decoding: rendered().bytes, as: UTF8.self) }

  /// The bytes of the text, and for each of them the offset in the original that it stands for.
  private func rendered() -> (bytes: [UInt8], origins: [Int]) {
    var (bytes, origins): ([UInt8], [Int]) = ([], [])
    var done = 0
    func copy(to end: Int) {
      bytes += source[done..<end]
      origins += done..<end
      done = end
    }
    for edit in edits {
      copy(to: edit.offset)
      bytes += edit.text.utf8
      if case .replace(let range, _) = edit { done = range.upperBound }
      origins += repeatElement(edit.offset, count: bytes.count - origins.count)
    }
    copy(to: source.count)
    return (bytes, origins)
  }

  /// Takes out the smallest site at a place of ``text`` that the compiler complains of, or else all of its line.
  ///
  /// - Returns: whether there was one.
  public mutating func remove(atLine line: Int, column: Int) -> Bool {
    let (bytes, origins) = rendered()
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1), let origin = (lines[line - 1].startIndex + column - 1).within(origins)
    else { return false }
    let present = sites.indices.filter { !removed.contains($0) }
    let around = present.filter { sites[$0].range.contains(origins[origin]) }
    // Of those that are equally small, the last one is inside.
    if let innermost = around.reversed().min(by: { sites[$0].range.count < sites[$1].range.count }) {
      removed.insert(innermost)
      return true
    }
    let ofLine = lines[line - 1].indices.compactMap { $0.within(origins) }.map { origins[$0] }
    guard let first = ofLine.first, let last = ofLine.last else { return false }
    let others = present.filter { sites[$0].range.overlaps(first..<last + 1) }
    removed.formUnion(others)
    return !others.isEmpty
  }
}

extension Int {
  /// This, if it is an index there.
  fileprivate func within(_ array: [Int]) -> Int? { array.indices.contains(self) ? self : nil }
}

extension StringProtocol {
  /// Without the characters at both ends for which the condition holds.
  func trimming(while condition: (Character) -> Bool) -> String {
    String(drop(while: condition).reversed().drop(while: condition).reversed())
  }
}
