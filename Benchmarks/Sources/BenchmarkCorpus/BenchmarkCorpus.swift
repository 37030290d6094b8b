import Foundation
import VirtioProgram

/// The committed programs that speed is measured on.
public enum BenchmarkCorpus {
  /// `Corpus/Benchmark` of the package that this one lies in.
  public static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Corpus/Benchmark")

  /// All programs, in the order of their files' names.
  public static func programs() throws -> [Program] {
    try files().map { try Program(strict: [UInt8](Data(contentsOf: $0))) }
  }

  /// Replaces the corpus by these files, given by their names.
  public static func replace(by programs: [(name: String, program: Program)]) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for file in try files() { try FileManager.default.removeItem(at: file) }
    for (name, program) in programs {
      try Data(program.encode()).write(to: folder.appendingPathComponent(name))
    }
  }

  private static func files() throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "vfz" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
  }
}
