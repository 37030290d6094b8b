// swift-tools-version: 6.3

import PackageDescription

/// What is fuzzed. Whatever specializes its generic code names all of these: SwiftPM compiles a module again when one
/// that it names has changed, and not for one behind that, whose inlinable code it would keep as it was.
let fuzzed: [Target.Dependency] = [
  "VirtioSpec", "VirtioMemory", "VirtioDevice", "VirtioProgram", "VirtioOracle", "VirtioHarness",
]

/// The graph that is fuzzed (specification, memory, device, program, judge, harness) depends on nothing outside this
/// package; only the command line does.
let package = Package(
  name: "swift-virtio-fuzz",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "VirtioSpec", targets: ["VirtioSpec"]),
    .library(name: "VirtioMemory", targets: ["VirtioMemory"]),
    .library(name: "VirtioDevice", targets: ["VirtioDevice"]),
    .library(name: "VirtioProgram", targets: ["VirtioProgram"]),
    .library(name: "VirtioOracle", targets: ["VirtioOracle"]),
    .library(name: "VirtioHarness", targets: ["VirtioHarness"]),
    .library(name: "VirtioProperties", targets: ["VirtioProperties"]),
    .library(name: "VirtioDeviceTree", targets: ["VirtioDeviceTree"]),
    .library(name: "Transcript", targets: ["Transcript"]),
    .library(name: "FuzzEntry", targets: ["FuzzEntry"]),
    .library(name: "PluginDevice", targets: ["PluginDevice"]),
    .library(name: "QEMUDevice", targets: ["QEMUDevice"]),
    .executable(name: "FuzzRegisters", targets: ["FuzzRegisters"]),
    .executable(name: "FuzzDescriptors", targets: ["FuzzDescriptors"]),
    .executable(name: "FuzzLifecycle", targets: ["FuzzLifecycle"]),
    .executable(name: "FuzzLegacy", targets: ["FuzzLegacy"]),
    .executable(name: "FuzzPacked", targets: ["FuzzPacked"]),
    .executable(name: "FuzzBlock", targets: ["FuzzBlock"]),
    .executable(name: "FuzzEntropy", targets: ["FuzzEntropy"]),
    .executable(name: "FuzzConsole", targets: ["FuzzConsole"]),
    .executable(name: "FuzzNetwork", targets: ["FuzzNetwork"]),
    .executable(name: "FuzzPlugin", targets: ["FuzzPlugin"]),
    .executable(name: "FuzzQEMU", targets: ["FuzzQEMU"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(name: "VirtioSpec"),
    .target(name: "VirtioMemory"),
    .target(name: "VirtioDevice", dependencies: ["VirtioSpec", "VirtioMemory"]),
    .target(name: "VirtioProgram", dependencies: ["VirtioSpec"]),
    .target(name: "VirtioOracle", dependencies: ["VirtioSpec"]),
    .target(
      name: "VirtioHarness",
      dependencies: ["VirtioSpec", "VirtioMemory", "VirtioDevice", "VirtioProgram", "VirtioOracle"]),
    .target(name: "VirtioProperties", dependencies: fuzzed),
    .target(name: "VirtioDeviceTree", dependencies: ["VirtioSpec"]),
    .target(name: "FuzzerShim"),
    .target(name: "FuzzEntry", dependencies: fuzzed + ["FuzzerShim", "Transcript"]),
    .executableTarget(name: "FuzzRegisters", dependencies: fuzzed + ["FuzzEntry"], path: "FuzzTargets/FuzzRegisters"),
    .executableTarget(
      name: "FuzzDescriptors", dependencies: fuzzed + ["FuzzEntry"], path: "FuzzTargets/FuzzDescriptors"),
    .executableTarget(name: "FuzzLifecycle", dependencies: fuzzed + ["FuzzEntry"], path: "FuzzTargets/FuzzLifecycle"),
    .executableTarget(name: "FuzzLegacy", dependencies: fuzzed + ["FuzzEntry"], path: "FuzzTargets/FuzzLegacy"),
    .executableTarget(name: "FuzzPacked", dependencies: fuzzed + ["FuzzEntry"], path: "FuzzTargets/FuzzPacked"),
    .executableTarget(name: "FuzzBlock", dependencies: fuzzed + ["FuzzEntry"], path: "FuzzTargets/FuzzBlock"),
    .executableTarget(name: "FuzzEntropy", dependencies: fuzzed + ["FuzzEntry"], path: "FuzzTargets/FuzzEntropy"),
    .executableTarget(name: "FuzzConsole", dependencies: fuzzed + ["FuzzEntry"], path: "FuzzTargets/FuzzConsole"),
    .executableTarget(name: "FuzzNetwork", dependencies: fuzzed + ["FuzzEntry"], path: "FuzzTargets/FuzzNetwork"),
    // Devices in other languages: the interface for them, and the target that fuzzes one.
    .target(name: "CVirtioDUT"),
    .target(name: "UnobservedMemory", dependencies: ["VirtioSpec", "VirtioMemory", "VirtioDevice"]),
    .target(name: "PluginDevice", dependencies: fuzzed + ["CVirtioDUT", "UnobservedMemory"]),
    .executableTarget(name: "FuzzPlugin", dependencies: fuzzed + ["FuzzEntry", "PluginDevice"]),
    // Devices of a QEMU, which is a child process.
    .target(name: "CTiedProcess"),
    .target(name: "QEMUDevice", dependencies: fuzzed + ["CTiedProcess", "UnobservedMemory"]),
    .executableTarget(name: "FuzzQEMU", dependencies: fuzzed + ["FuzzEntry", "QEMUDevice"]),
    .target(name: "Transcript", dependencies: fuzzed),
    .target(name: "TraceImport", dependencies: ["VirtioSpec", "VirtioProgram", "VirtioOracle"]),
    .executableTarget(
      name: "virtio-fuzz",
      dependencies: fuzzed + [
        "TraceImport", "Transcript", "VirtioDeviceTree", "FuzzerShim",
        // Built beside it and started as children; nothing of them is linked.
        "FuzzRegisters", "FuzzDescriptors", "FuzzLifecycle", "FuzzLegacy", "FuzzPacked", "FuzzBlock", "FuzzEntropy",
        "FuzzConsole", "FuzzNetwork", "FuzzPlugin", "FuzzQEMU",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      resources: [.embedInCode("Pages")]),
    .target(name: "TestSupport", dependencies: fuzzed, path: "Tests/TestSupport"),
    // A fuzz target whose device is broken on purpose: `.ci/run` checks that fuzzing finds it.
    .executableTarget(
      name: "FuzzBroken", dependencies: fuzzed + ["FuzzEntry", "TestSupport"], path: "Tests/FuzzBroken"),
    .testTarget(name: "VirtioProgramTests", dependencies: ["VirtioProgram"]),
    .testTarget(name: "VirtioOracleTests", dependencies: fuzzed + ["TestSupport", "VirtioProperties"]),
    .testTarget(name: "VirtioDeviceTests", dependencies: fuzzed + ["TestSupport"]),
    .testTarget(name: "PropertyTests", dependencies: fuzzed + ["TestSupport", "VirtioProperties"]),
    .testTarget(name: "TranscriptTests", dependencies: fuzzed + ["TestSupport", "Transcript"]),
    .testTarget(name: "CorpusTests", dependencies: fuzzed + ["TestSupport", "VirtioProperties"]),
    .testTarget(name: "TraceImportTests", dependencies: fuzzed + ["TraceImport"], exclude: ["Traces"]),
    .testTarget(
      name: "VirtioDeviceTreeTests", dependencies: ["VirtioSpec", "VirtioDeviceTree"], exclude: ["Trees"]),
    .testTarget(name: "QEMUDeviceTests", dependencies: fuzzed + ["QEMUDevice"]),
    .testTarget(name: "CommandLineTests", dependencies: fuzzed + ["VirtioDeviceTree", "virtio-fuzz"]),
  ],
  swiftLanguageModes: [.v6]
)

// The documentation is made by a plugin. It is asked for by whoever makes the documentation, so that nobody who uses
// the libraries, or builds the command line, fetches it: see `.ci/docs`. A package of its own, as for the benchmarks,
// would not do: the plugin takes the modules of the package that it is started in.
if Context.environment["VIRTIO_FUZZ_DOCS"] != nil {
  package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"))
}
