import Testing

@testable import Mutation

@Suite("A mutant")
struct MutantTests {
  private static let source = """
    struct S {
      mutating func f(of a: Int) {
        x = 1
        x = 1
        y = 0
      }
    }

    """

  private static func mutants(_ source: String) -> [Mutant] {
    SchemataFile(name: "Folder/F.swift", source: source, firstNumber: 1).mutants
  }

  @Test("has an id with its place, and only one has it")
  func ids() {
    let mutants = Self.mutants(Self.source)
    #expect(
      mutants.prefix(4).map(\.id) == [
        "Folder/F.swift:2:30:return", "Folder/F.swift:3:5:removal", "Folder/F.swift:3:9:constant+1",
        "Folder/F.swift:3:9:constant-1",
      ])
    #expect(mutants.map(\.number) == Array(1...9))
    #expect(Set(mutants.map(\.id)).count == mutants.count)
    #expect(Set(mutants.map(\.anchor)).count == mutants.count)
  }

  @Test("is found again by its surroundings when lines have moved")
  func anchors() {
    let moved = Self.mutants("// More.\n\n" + Self.source)
    #expect(moved.map(\.anchor) == Self.mutants(Self.source).map(\.anchor))
    #expect(
      moved[1].anchor
        == Anchor(
          file: "Folder/F.swift", declaration: "S.f(of:)", mutation: "removal", line: "x = 1", occurrence: 1))
    #expect(moved[4].anchor.occurrence == 2)
  }

  @Test("is selected by its number, by its id, and by what that begins with")
  func selection() throws {
    let mutants = Self.mutants(Self.source)
    func numbers(_ words: String...) throws -> [Int] { try MutantSelection.named(words, of: mutants).map(\.number) }
    #expect(try numbers() == Array(1...9))
    #expect(try numbers("9", "2") == [2, 9])
    #expect(try numbers("Folder/F.swift:3") == [2, 3, 4])
    #expect(try numbers("Folder/F.swift:3:9") == [3, 4])
    #expect(try numbers("Folder/") == Array(1...9))
    #expect(try numbers("Folder/F.swift:3:5:removal") == [2])
    #expect(throws: FileError.self) { try numbers("Folder/F") }
    #expect(throws: FileError.self) { try numbers("10") }
  }

  @Test("is in the same sample for the same seed")
  func sample() {
    let mutants = Self.mutants(Self.source)
    func numbers(seed: UInt64) -> [Int] { MutantSelection.sample(4, of: mutants, seed: seed).map(\.number) }
    #expect(numbers(seed: 1) == numbers(seed: 1))
    #expect(numbers(seed: 1).count == 4)
    #expect(MutantSelection.sample(2, of: mutants, seed: 1).map(\.number) == Array(numbers(seed: 1).prefix(2)))
    #expect(Set((1...20).map(numbers)).count > 1)
    #expect(MutantSelection.sample(99, of: mutants, seed: 1).count == mutants.count)
  }

  @Test("is equivalent where a row says so, whatever its line's number")
  func equivalent() throws {
    let mutants = Self.mutants(Self.source)
    let row = EquivalentMutants.row(mutants[4])
    #expect(row == "Folder/F.swift\tS.f(of:)\tremoval\tx = 1\t2\t")
    let text = "# A comment.\n\n\(row)The line in front of it does the same.\n"
    let moved = Self.mutants("\n" + Self.source)
    let found = try EquivalentMutants(text, path: "e.tsv", of: moved)
    #expect(found.reasons == [5: "The line in front of it does the same."])
  }

  @Test(
    "is not equivalent by a row that is wrong, which is an error with its line",
    arguments: [
      ("Folder/F.swift\tS.f(of:)\tremoval\tx = 2\t1\tIt was so.", "e.tsv:2: there is no such mutant any more"),
      ("Folder/F.swift\tS.f(of:)\tremoval\tx = 1\t3\tIt was so.", "e.tsv:2: there is no such mutant any more"),
      ("Folder/F.swift\tS.f(of:)\tremoval\tx = 1\t1\t ", "e.tsv:2: the reason is missing"),
      ("Folder/F.swift\tS.f(of:)\tremoval\tx = 1\t2", "e.tsv:2: a row has six columns"),
      ("Folder/F.swift\tS.f(of:)\tremoval\tx = 1\tone\tSo.", "e.tsv:2: a row has six columns"),
      ("Folder/F.swift\tS.f(of:)\tremoval\ty = 0\t1\tAgain.", "e.tsv:2: it is there twice"),
    ])
  func stale(_ row: String, _ message: String) {
    let first = "Folder/F.swift\tS.f(of:)\tremoval\ty = 0\t1\tNobody reads it.\n"
    let error = #expect(throws: FileError.self) {
      try EquivalentMutants(first + row + "\n", path: "e.tsv", of: Self.mutants(Self.source))
    }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
  }
}
