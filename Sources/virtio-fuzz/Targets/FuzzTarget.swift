import ArgumentParser
import Foundation

/// A fuzz target: an executable beside this one. The raw value is its name.
enum FuzzTarget: String, CaseIterable, ExpressibleByArgument {
  case registers = "FuzzRegisters"
  case descriptors = "FuzzDescriptors"
  case lifecycle = "FuzzLifecycle"
  case legacy = "FuzzLegacy"
  case packed = "FuzzPacked"
  case block = "FuzzBlock"
  case entropy = "FuzzEntropy"
  case console = "FuzzConsole"
  case network = "FuzzNetwork"

  var name: String { rawValue }

  /// What it feeds a device.
  var feeds: String {
    switch self {
    case .registers: "register accesses: any offset, width, value and order"
    case .descriptors: "malformed descriptor chains and rings on a live queue"
    case .lifecycle: "whole programs: from reset through requests to reset, with hosts and adversaries"
    case .legacy: "whole programs in front of a device with the legacy interface"
    case .packed: "whole programs in front of a device with packed virtqueues"
    case .block: "whole programs in front of a block device"
    case .entropy: "whole programs in front of an entropy device"
    case .console: "whole programs in front of a console"
    case .network: "whole programs in front of a network device"
    }
  }

  var executable: URL { Self.folder.appending(path: name) }

  /// Where this executable is, and those that are built with it.
  static var folder: URL {
    let own = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
    return own.resolvingSymlinksInPath().deletingLastPathComponent()
  }

  /// Folders of inputs that a fresh clone has, where they exist.
  var seedFolders: [String] {
    ["Corpus/Seeds/\(name)", "Corpus/Regressions"].filter(Files.isFolder)
  }
}
