import ArgumentParser
import Foundation

/// A device that is not built with this package: `--device`.
struct ForeignDevice: Equatable {
  /// A shared library as `virtio_dut.h` says, and what its device is configured with.
  let library: String
  let configuration: String
  /// As it was given.
  let text: String

  /// `plugin:PATH` or `plugin:PATH:CONFIGURATION`.
  init(_ text: String) throws {
    let words = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard words.count >= 2, words[0] == "plugin", !words[1].isEmpty else {
      throw ValidationError("'\(text)' is no device; it can be plugin:PATH or plugin:PATH:CONFIGURATION")
    }
    self.text = text
    library = words[1]
    configuration = words.count > 2 ? words[2] : ""
  }

  /// The fuzz target that has this device.
  ///
  /// - Throws: ``FileError`` where there is no such library, or no such target.
  func fuzzTarget() throws -> FuzzExecutable {
    guard FileManager.default.isReadableFile(atPath: library) else {
      throw FileError(library, "there is no such file; --device plugin:PATH takes a shared library")
    }
    let path = URL(filePath: library).path
    return FuzzExecutable(
      at: try FuzzExecutable.find("FuzzPlugin"),
      environment: ["VIRTIO_FUZZ_DEVICE": configuration.isEmpty ? path : "\(path):\(configuration)"])
  }
}

struct ForeignDeviceOption: ParsableArguments {
  @Option(
    help: "A device in a shared library: plugin:PATH, or plugin:PATH:CONFIGURATION.", transform: ForeignDevice.init)
  var device: ForeignDevice?
}
