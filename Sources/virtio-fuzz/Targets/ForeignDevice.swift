import ArgumentParser
import Foundation

/// A device that is not built with this package: `--device`.
struct ForeignDevice: Equatable {
  enum Kind: Equatable {
    /// In a shared library as `virtio_dut.h` says, and what it is configured with.
    case plugin(library: String, configuration: String)
    /// Of a QEMU, as `QEMUOptions` says.
    case qemu
  }

  let kind: Kind
  /// As it was given.
  let text: String

  /// `plugin:PATH`, `plugin:PATH:CONFIGURATION`, or `qemu:DEVICE`.
  init(_ text: String) throws {
    self.text = text
    let words = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard words.count == 2, !words[1].isEmpty, ["plugin", "qemu"].contains(words[0]) else {
      throw ValidationError(
        "'\(text)' is no device; it can be plugin:PATH, plugin:PATH:CONFIGURATION, or qemu: with blk, rng, console or net "
          + "and options behind it, as in qemu:blk,legacy")
    }
    if words[0] == "qemu" {
      kind = .qemu
    } else {
      let parts = words[1].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      kind = .plugin(library: parts[0], configuration: parts.count > 1 ? parts[1] : "")
    }
  }

  /// For folders: `plugin-libmydevice`, `qemu-blk-legacy`.
  private var name: String {
    let words =
      switch kind {
      case .plugin(let library, let configuration):
        [URL(filePath: library).deletingPathExtension().lastPathComponent, configuration]
      case .qemu: [String(text.dropFirst("qemu:".count))]
      }
    let letters = words.joined(separator: "-").map { $0.isLetter || $0.isNumber || "_.".contains($0) ? $0 : "-" }
    let parts = String(letters).split(separator: "-")
    return (text.hasPrefix("qemu") ? "qemu-" : "plugin-") + parts.joined(separator: "-").prefix(Self.nameLimit)
  }

  /// The fuzz target that has this device.
  ///
  /// - Throws: ``FileError`` where there is no such library, or no such target.
  func fuzzTarget() throws -> FuzzExecutable {
    switch kind {
    case .plugin(let library, let configuration):
      guard FileManager.default.isReadableFile(atPath: library) else {
        throw FileError(library, "there is no such file; --device plugin:PATH takes a shared library")
      }
      let path = URL(filePath: library).path
      return FuzzExecutable(
        at: try FuzzExecutable.find("FuzzPlugin"), name: name,
        environment: ["VIRTIO_FUZZ_DEVICE": "plugin:\(path)" + (configuration.isEmpty ? "" : ":\(configuration)")])
    case .qemu:
      return FuzzExecutable(
        at: try FuzzExecutable.find("FuzzQEMU"), name: name, environment: ["VIRTIO_FUZZ_DEVICE": text],
        timeLimit: Self.processTimeLimit)
    }
  }
}

extension ForeignDevice {
  /// A file's name ends at 255 bytes.
  private static let nameLimit = 80

  /// A process has to start, too.
  private static let processTimeLimit: UInt32 = 20
}

struct ForeignDeviceOption: ParsableArguments {
  @Option(
    help: """
      A device that is not of this package: plugin:PATH, or plugin:PATH:CONFIGURATION, in a shared library; qemu:blk, \
      qemu:rng,legacy, qemu:console or qemu:net,event_idx=off in a QEMU.
      """, transform: ForeignDevice.init)
  var device: ForeignDevice?
}
