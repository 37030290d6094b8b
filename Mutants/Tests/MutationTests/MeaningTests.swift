import Foundation
import Testing

@testable import Mutation

/// Builds a package with a mutant of each sort, and looks at what each of them does.
@Suite("What a mutant means")
struct MeaningTests {
  /// An expression of `a`, which is 6, and `b`, which is 3; its value; and that with each mutant. `c` is true.
  private static let rows: [(code: String, value: String, mutants: [String])] = [
    ("a < a", "false", ["true"]), ("a <= a", "true", ["false"]), ("a > a", "false", ["true"]),
    ("a >= a", "true", ["false"]), ("a == b", "false", ["true"]), ("a != b", "true", ["false"]),
    ("b..<a", "3..<6", ["3..<7"]), ("min(a, b)", "3", ["6"]), ("max(a, b)", "6", ["3"]), ("min(a, b, a)", "3", ["6"]),
    ("a + b", "9", ["3"]), ("a - b", "3", ["9"]), ("a * b", "18", ["9"]), ("a / b", "2", ["18"]),
    ("a % b", "0", ["2"]), ("a &+ b", "9", ["3", "9"]), ("a &- b", "3", ["9", "3"]), ("a &* b", "18", ["9", "18"]),
    // Without a mutant it wraps; with the second it traps, and nothing is printed.
    ("UInt8.max &+ UInt8(b)", "2", ["252", ""]),
    ("a & b", "2", ["7"]), ("a | b", "7", ["2"]), ("a ^ b", "5", ["7"]), ("~a", "-7", ["6"]),
    ("a << b", "48", ["0"]), ("a >> b", "0", ["48"]), ("UInt8(a) << b", "48", ["0"]),
    ("7", "7", ["8", "6"]), ("0", "0", ["1"]), ("true", "true", ["false"]), ("!c", "false", ["true"]),
    ("c ? a : b", "6", ["3"]), ("!c && c", "false", ["true", "true", "false"]),
    ("c || !c", "true", ["false", "true", "true"]),
  ]

  @Test("is what its id says, and without one nothing changes")
  func meaning() throws {
    try Files.withTemporaryFolder { folder in
      try Self.writePackage(in: folder)
      var package = try MutantPackage(of: folder, in: "\(folder)/copy", roots: ["FuzzTiny"])
      var removed = 0
      try package.removeUncompiled { removed += $0 }
      // `a == 1` of two types.
      #expect(removed == 1)
      #expect(package.schemata.uncompiled.count == 1)
      let build = try package.swift(["build", "--product", "FuzzTiny"])
      try #require(build.code == 0, "\(build.output)")

      #expect(try Self.values(package, 0) == Self.rows.map(\.value))
      for mutant in package.schemata.mutants where mutant.line <= Self.rows.count {
        let row = Self.rows[mutant.line - 1]
        let first = package.schemata.mutants.first { $0.line == mutant.line }?.number ?? 0
        let value = row.mutants[mutant.number - first]
        let expected = value.isEmpty ? nil : value
        let values = try Self.values(package, mutant.number)
        #expect(values.count > mutant.line - 1 ? values[mutant.line - 1] == expected : expected == nil, "\(mutant)")
      }
    }
  }

  private static func writePackage(in folder: String) throws {
    let functions = rows.enumerated().map { index, row in
      "public func f\(index)(_ a: Int, _ b: Int, _ c: Bool) -> String { show(\(row.code)) }\n"
    }
    let others = """
      public func show<T>(_ value: T) -> String { "\\(value)" }
      public func mixed(_ a: Int, _ b: UInt8) -> Bool { a == b }

      """
    let calls = rows.indices.map { "    print(f\($0)(6, 3, true))\n" }
    let files = [
      "Package.swift": """
      // swift-tools-version: 6.3
      import PackageDescription
      let fuzzed: [Target.Dependency] = ["VirtioDevice"]
      let package = Package(
        name: "tiny",
        targets: [
          .target(name: "VirtioDevice"),
          .executableTarget(name: "FuzzTiny", dependencies: ["VirtioDevice"]),
          .executableTarget(name: "Other", dependencies: ["VirtioDevice"]),
        ])

      """,
      "Sources/VirtioDevice/Model.swift": functions.joined() + others,
      "Sources/FuzzTiny/Tiny.swift":
        "import VirtioDevice\n@main struct Tiny {\n  static func main() {\n\(calls.joined())  }\n}\n",
      "Sources/Other/Other.swift": "this does not compile, and is not needed\n",
      "Corpus/Seeds/FuzzTiny/seed.vfz": "",
    ]
    for (path, text) in files { try Files.update("\(folder)/\(path)", Data(text.utf8)) }
  }

  private static func values(_ package: MutantPackage, _ number: Int) throws -> [String] {
    let child = try Child.run(
      URL(filePath: "\(package.folder)/.build/debug/FuzzTiny"), [], in: package.folder,
      environment: [SupportFiles.variable: "\(number)", "SWIFT_BACKTRACE": "enable=no"])
    return child.output.split(separator: "\n").map(String.init)
  }
}
