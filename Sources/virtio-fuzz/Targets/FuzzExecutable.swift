import Foundation

/// An executable that fuzzes: one of this package's targets, or somebody else's.
struct FuzzExecutable {
  let name: String
  let url: URL
  /// Folders of inputs to begin with.
  let seedFolders: [String]
  let floors: [Floor]

  init(_ target: FuzzTarget) {
    name = target.name
    url = target.executable
    seedFolders = target.seedFolders
    floors = target.floors
  }

  /// A target that is not this package's, and begins with the programs for whole lives.
  init(at url: URL) {
    name = url.lastPathComponent
    self.url = url
    seedFolders = FuzzTarget.lifecycle.seedFolders
    floors = []
  }

  /// The file that a path leads to, or the target of this name beside this executable.
  static func find(_ name: String) throws -> URL {
    let beside = FuzzTarget.folder.appending(path: name)
    let candidates = name.contains("/") ? [URL(filePath: name)] : [beside, URL(filePath: name)]
    guard let file = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
      throw FileError(name, "this is no fuzz target; it can be a path to one, such as .build/release/FuzzBroken")
    }
    return file
  }

  func build() -> Build { Build(of: url) }
}
