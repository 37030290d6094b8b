import Foundation

/// The suites that are run against what fuzzing has not found.
struct TestSuites: Sendable {
  /// Those of parts of the device alone, which are quick, and those of properties.
  static let modules = ["VirtioDeviceTests", "PropertyTests"]
  /// How long those of one module may take, in seconds, which is more than ten times as long as they do. Without a mutant,
  /// too long is an error.
  private static let patience = ["VirtioDeviceTests": 10, "PropertyTests": 40]

  private let folder: String
  private let bundle: URL

  /// - Parameter folder: Of the package, whose tests were built.
  init(in folder: String) throws {
    self.folder = folder
    let products = "\(folder)/\(MutantPackage.testBuild)/release"
    let names = Files.isFolder(products) ? try FileManager.default.contentsOfDirectory(atPath: products) : []
    guard let name = names.first(where: { $0.hasSuffix("PackageTests.xctest") }) else {
      throw FileError(products, "there are no tests in it")
    }
    bundle = URL(filePath: "\(products)/\(name)")
  }

  /// What those of a module find of a mutant, or without one for 0. The first failure ends them.
  func run(_ module: String, _ number: Int) throws -> Killing? {
    let child = try Child.run(
      bundle, ["--testing-library", "swift-testing", "--filter", "^\(module)\\."], in: folder,
      environment: ["SWIFT_BACKTRACE": "enable=no", SupportFiles.variable: "\(number)"], limit: Self.patience[module],
      until: Self.failure)
    return try Self.killing(child)
  }

  /// In the output of a test that fails.
  private static let failure = "recorded an issue"

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
    guard let start = output.firstRange(of: failure)?.lowerBound else { return nil }
    return output[start...].firstMatch(of: #/\b([A-Z0-9]+(?:-[A-Z0-9]+)*-[0-9]{2}) at step /#).map { String($0.1) }
  }
}
