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
  ],
  targets: [
    .target(name: "VirtioSpec"),
    .target(name: "VirtioMemory"),
    .target(name: "VirtioDevice", dependencies: ["VirtioSpec", "VirtioMemory"]),
    .target(name: "VirtioProgram", dependencies: ["VirtioSpec"]),
    .target(name: "VirtioOracle", dependencies: ["VirtioSpec"]),
    .target(name: "VirtioHarness", dependencies: ["VirtioSpec", "VirtioMemory", "VirtioDevice", "VirtioProgram", "VirtioOracle"]),
  ],
  swiftLanguageModes: [.v6]
)
