import ArgumentParser

/// The fuzz targets.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the fuzz targets: what each feeds a device, its seeds, and whether it is built for fuzzing.",
    discussion: """
      Example: virtio-fuzz list

      Seeds are looked for under Corpus in the current folder.
      """)

  func run() throws {
    for target in FuzzTarget.allCases {
      let seeds = try target.seedFolders.map { try Files.programs(in: $0).count }.reduce(0, +)
      print("\(target.name)  \(target.feeds)\n  \(seeds) seeds, \(FuzzExecutable(target).build().rawValue)")
    }
  }
}
