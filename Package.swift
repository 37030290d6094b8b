// swift-tools-version: 6.3

import PackageDescription

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
    .library(name: "FuzzEntry", targets: ["FuzzEntry"]),
    .executable(name: "FuzzRegisters", targets: ["FuzzRegisters"]),
    .executable(name: "FuzzDescriptors", targets: ["FuzzDescriptors"]),
    .executable(name: "FuzzLifecycle", targets: ["FuzzLifecycle"]),
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
    .target(name: "FuzzerShim"),
    .target(
      name: "FuzzEntry",
      dependencies: ["FuzzerShim", "VirtioSpec", "VirtioProgram", "VirtioOracle", "VirtioHarness"]),
    .executableTarget(
      name: "FuzzRegisters", dependencies: ["FuzzEntry", "VirtioHarness"], path: "FuzzTargets/FuzzRegisters"),
    .executableTarget(
      name: "FuzzDescriptors", dependencies: ["FuzzEntry", "VirtioHarness"], path: "FuzzTargets/FuzzDescriptors"),
    .executableTarget(
      name: "FuzzLifecycle", dependencies: ["FuzzEntry", "VirtioHarness"], path: "FuzzTargets/FuzzLifecycle"),
    .target(name: "TraceImport", dependencies: ["VirtioSpec", "VirtioProgram"]),
    .executableTarget(
      name: "virtio-fuzz",
      dependencies: [
        "VirtioSpec", "VirtioProgram", "VirtioOracle", "VirtioHarness", "TraceImport", "FuzzerShim",
        // Built beside it and started as children; nothing of them is linked.
        "FuzzRegisters", "FuzzDescriptors", "FuzzLifecycle",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(
      name: "TestSupport",
      dependencies: ["VirtioSpec", "VirtioMemory", "VirtioDevice", "VirtioProgram", "VirtioOracle", "VirtioHarness"],
      path: "Tests/TestSupport"),
    // A fuzz target whose device is broken on purpose: `.ci/run` checks that fuzzing finds it.
    .executableTarget(name: "FuzzBroken", dependencies: ["FuzzEntry", "TestSupport"], path: "Tests/FuzzBroken"),
    .testTarget(name: "VirtioProgramTests", dependencies: ["VirtioProgram"]),
    .testTarget(name: "VirtioOracleTests", dependencies: ["TestSupport"]),
    .testTarget(name: "VirtioDeviceTests", dependencies: ["TestSupport"]),
    .testTarget(name: "PropertyTests", dependencies: ["TestSupport"]),
    .testTarget(name: "CorpusTests", dependencies: ["TestSupport"]),
    .testTarget(name: "TraceImportTests", dependencies: ["TraceImport", "VirtioHarness"], exclude: ["Traces"]),
    .testTarget(name: "CommandLineTests", dependencies: ["virtio-fuzz", "VirtioProgram"]),
  ],
  swiftLanguageModes: [.v6]
)
