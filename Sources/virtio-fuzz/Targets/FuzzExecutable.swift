import Foundation

/// An executable that fuzzes: one of this package's targets, or somebody else's.
struct FuzzExecutable {
  /// Of the target, or of the device where that is not in the executable: also for folders.
  let name: String
  let url: URL
  /// What is added to the environment of its processes: which device it has, where that is not in the executable.
  let environment: [String: String]
  /// Folders of inputs to begin with.
  var seedFolders: [String]
  /// How long one program may take where nobody says anything else, in seconds.
  var timeLimit: UInt32 = 2
  let floors: [Floor]

  init(_ target: FuzzTarget) {
    name = target.name
    url = target.executable
    environment = [:]
    seedFolders = target.seedFolders
    floors = target.floors
  }

  /// A target that is not this package's, and begins with the programs for whole lives.
  init(at url: URL, name: String? = nil, environment: [String: String] = [:], timeLimit: UInt32 = 2) {
    self.name = name ?? url.lastPathComponent
    self.url = url
    self.environment = environment
    self.timeLimit = timeLimit
    seedFolders = FuzzTarget.lifecycle.seedFolders
    floors = []
  }

  /// The device that a word names: as `--device` has it, or a fuzz target.
  static func named(_ word: String) throws -> FuzzExecutable {
    word.contains(":") ? try ForeignDevice(word).fuzzTarget() : FuzzExecutable(at: try find(word))
  }

  /// The file that a path leads to, or the target of this name beside this executable.
  static func find(_ name: String) throws -> URL {
    let beside = FuzzTarget.folder.appending(path: name)
    let candidates = name.contains("/") ? [URL(filePath: name)] : [beside, URL(filePath: name)]
    guard
      let file = candidates.first(where: {
        FileManager.default.isExecutableFile(atPath: $0.path) && !Files.isFolder($0.path)
      })
    else {
      throw FileError(name, "this is no fuzz target; it can be a path to one, such as .build/release/FuzzBroken")
    }
    return file
  }

  func build() -> Build { Build(of: url, in: environment) }

  /// Ends this as wrong usage where there is no libFuzzer in it. `alternative` says what a person can do without it.
  func requireEngine(alternative: String? = nil) throws {
    try build().requireEngine(url.lastPathComponent, to: "fuzz", alternative: alternative)
  }
}
