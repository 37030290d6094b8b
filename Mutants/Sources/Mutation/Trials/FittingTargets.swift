/// Which fuzz targets get at the code of a file, the best one first.
enum FittingTargets {
  /// The first row fits whose words one is in the file's path.
  private static let rows: [(words: [String], targets: [String])] = [
    // Only the tests have a disk in a file.
    (["Storage/FileStorage"], []),
    (["Models/Block", "Storage/"], ["FuzzBlock", "FuzzLegacy", "FuzzLifecycle"]),
    (["Models/Console"], ["FuzzConsole"]),
    (["Models/Network", "Models/FrameQueue"], ["FuzzNetwork", "FuzzLegacy"]),
    (["Models/Entropy"], ["FuzzEntropy"]),
    (["Packed", "RingPosition"], ["FuzzPacked", "FuzzNetwork"]),
    (["Legacy"], ["FuzzLegacy"]),
    (["GatheredChains"], ["FuzzNetwork", "FuzzConsole", "FuzzPacked"]),
    (
      ["+Split", "HeadSet", "Chain", "SegmentCursor"], ["FuzzDescriptors", "FuzzLifecycle", "FuzzBlock", "FuzzPacked"]
    ),
  ]

  /// Of what all device types have.
  private static let others = ["FuzzLifecycle", "FuzzRegisters", "FuzzDescriptors", "FuzzLegacy", "FuzzPacked"]

  static func targets(for file: String) -> [String] {
    rows.first { $0.words.contains { file.contains($0) } }?.targets ?? others
  }
}
