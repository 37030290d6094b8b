/// What is added to the copy of the package, beside the mutants.
enum SupportFiles {
  /// Which mutant is on, by number.
  static let variable = "VIRTIO_FUZZ_MUTANT"

  /// By path. In C, so that it is set before anything else runs, and so that it costs no more than two loads: a Swift
  /// global that is read from the environment would be asked each time whether it was. A table of truth values, since
  /// libFuzzer would watch every comparison with a number.
  static func files(count: Int) -> [String: String] {
    [
      "Sources/MutantSwitch/include/MutantSwitch.h": """
      #pragma once
      #include <stdbool.h>

      // One for each mutant, by its number. Nothing writes there once the process has begun.
      __attribute__((swift_attr("nonisolated(unsafe)")))
      extern const bool *_Nonnull const mutant_switches;

      """,
      "Sources/MutantSwitch/MutantSwitch.c": """
      #include "MutantSwitch.h"
      #include <stdlib.h>

      static bool switches[\(count + 1)];
      const bool *const mutant_switches = switches;

      __attribute__((constructor))
      static void read_environment(void) {
        const char *const text = getenv("\(variable)");
        const long number = text ? strtol(text, NULL, 10) : 0;
        if (number > 0 && number <= \(count)) switches[number] = true;
      }

      """,
      "\(DeviceModel.folder)/Mutant.swift": functions,
      "Sources/\(trialTarget)/\(trialTarget).swift": trial,
    ]
  }

  /// What the package's manifest ends with: the device model sees the switches, and only what is needed is left.
  ///
  /// - Parameter roots: The targets that are needed, with all that they depend on.
  static func manifest(roots: [String]) -> String {
    """

    package.targets.append(.target(name: "MutantSwitch"))
    package.targets.append(.executableTarget(name: "\(trialTarget)", dependencies: fuzzed + ["FuzzEntry"]))
    for target in package.targets where target.name == "VirtioDevice" { target.dependencies.append("MutantSwitch") }
    var kept: Set<String> = []
    var waiting: [String] = \(roots)
    while let name = waiting.popLast() {
      guard kept.insert(name).inserted else { continue }
      for target in package.targets where target.name == name {
        for case .byNameItem(let name, _) in target.dependencies { waiting.append(name) }
      }
    }
    package.targets.removeAll { !kept.contains($0.name) }
    package.products = []
    package.dependencies = []

    """
  }
}
