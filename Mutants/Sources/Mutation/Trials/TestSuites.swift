import Foundation

/// The suites that are run against what fuzzing has not found.
struct TestSuites: Sendable {
  /// Those of properties, and those of what no fuzz target has in it.
  static let modules = ["PropertyTests", "VirtioDeviceTests"]
  private static let filter = "^(\(modules.joined(separator: "|")))\\."
  /// How long they may take, in seconds. They take about 10; without a mutant, too long is an error.
  private static let patience = 120

  private let folder: String
  private let bundle: URL

  /// - Parameter folder: Of the package, whose tests were built.
  init(in folder: String) throws {
    self.folder = folder
    let products = "\(folder)/.build-test/release"
    let names = Files.isFolder(products) ? try FileManager.default.contentsOfDirectory(atPath: products) : []
    guard let name = names.first(where: { $0.hasSuffix("PackageTests.xctest") }) else {
      throw FileError(products, "there are no tests in it")
    }
    bundle = URL(filePath: "\(products)/\(name)")
  }

  /// What they find of a mutant, or without one for 0.
  func run(_ number: Int) throws -> Killing? {
    let child = try Child.run(
      bundle, ["--testing-library", "swift-testing", "--filter", Self.filter], in: folder,
      environment: ["SWIFT_BACKTRACE": "enable=no", SupportFiles.variable: "\(number)"], limit: Self.patience)
    return try Self.killing(child)
  }

  static func killing(_ child: Child) throws -> Killing? {
    let name = "tests"
    guard child.code != 0 || child.isTooLong else {
      guard !child.output.contains("with 0 tests"), child.output.contains("Test run with ") else {
        throw FileError(name, "no test was run:\n\(child.lastWords)")
      }
      return nil
    }
    return Killing(by: test(in: child.output).map { "\(name): \($0)" } ?? name, clause: clause(in: child.output))
  }

  /// The first test that fails, as in `✘ Test "is served" recorded an issue at …`.
  private static func test(in output: String) -> String? {
    output.firstMatch(of: /Test "?(.+?)"? recorded an issue/).map { String($0.1) }
  }

  /// The first clause that a failure says was broken, as in `MMIO-DEV-07 at step 3: …`.
  private static func clause(in output: String) -> String? {
    guard let start = output.firstRange(of: "recorded an issue")?.lowerBound else { return nil }
    return output[start...].firstMatch(of: #/\b([A-Z0-9]+(?:-[A-Z0-9]+)*-[0-9]{2}) at step /#).map { String($0.1) }
  }
}
