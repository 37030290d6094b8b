// swift-tools-version: 6.3

import PackageDescription

// All modules are named on purpose: SwiftPM compiles a target again when a module that it names has changed, and not for
// one behind that, whose inlinable code it would keep as it was.
let harness = [
  "VirtioSpec", "VirtioMemory", "VirtioDevice", "VirtioProgram", "VirtioOracle", "VirtioHarness",
].map { Target.Dependency.product(name: $0, package: "swift-virtio-fuzz") }

let package = Package(
  name: "bring-your-own-device",
  platforms: [.macOS(.v26)],
  dependencies: [
    // The name, since the folder of a clone can have any.
    .package(name: "swift-virtio-fuzz", path: "../..")
  ],
  targets: [
    .target(name: "TinyEntropy", dependencies: harness),
    .executableTarget(
      name: "FuzzTinyEntropy",
      dependencies: harness + ["TinyEntropy", .product(name: "FuzzEntry", package: "swift-virtio-fuzz")]),
    .testTarget(
      name: "TinyEntropyTests",
      dependencies: harness + ["TinyEntropy", .product(name: "VirtioProperties", package: "swift-virtio-fuzz")]),
  ],
  swiftLanguageModes: [.v6]
)
