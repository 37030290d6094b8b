// swift-tools-version: 6.3

import PackageDescription

/// What makes mutants of the device model of the package above and runs its checks against each. It is kept apart so
/// that nobody who uses that one builds swift-syntax; and it links nothing of that one, which it builds and starts.
let package = Package(
  name: "swift-virtio-fuzz-mutants",
  platforms: [.macOS(.v26)],
  dependencies: [
    .package(url: "https://github.com/swiftlang/swift-syntax", from: "603.0.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .target(
      name: "Mutation",
      dependencies: [
        .product(name: "SwiftSyntax", package: "swift-syntax"),
        .product(name: "SwiftParser", package: "swift-syntax"),
        .product(name: "SwiftOperators", package: "swift-syntax"),
      ]),
    .executableTarget(
      name: "mutants",
      dependencies: ["Mutation", .product(name: "ArgumentParser", package: "swift-argument-parser")]),
    .testTarget(name: "MutationTests", dependencies: ["Mutation"]),
  ],
  swiftLanguageModes: [.v6]
)
