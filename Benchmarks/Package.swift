// swift-tools-version: 6.3

import PackageDescription

/// Every target names all modules that it sees the inside of: only then is it built anew when the layout of one changes.
let library = ["VirtioSpec", "VirtioMemory", "VirtioDevice", "VirtioProgram", "VirtioOracle", "VirtioHarness"]
  .map { Target.Dependency.product(name: $0, package: "swift-virtio-fuzz") }

/// What measures the package above, kept apart so that nobody who uses that one gets the benchmark library with it.
let package = Package(
  name: "swift-virtio-fuzz-benchmarks",
  platforms: [.macOS(.v26)],
  dependencies: [
    // The name, since the folder of a clone can have any.
    .package(name: "swift-virtio-fuzz", path: ".."),
    // Without its traits it counts no allocations and needs no interposed libraries.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .target(name: "BenchmarkCorpus", dependencies: library),
    .executableTarget(name: "MakeCorpus", dependencies: ["BenchmarkCorpus"] + library),
    .executableTarget(name: "Throughput", dependencies: ["BenchmarkCorpus"] + library),
    .executableTarget(
      name: "DeviceBenchmarks",
      dependencies: ["BenchmarkCorpus", .product(name: "Benchmark", package: "benchmark")] + library,
      // The plugin takes for benchmarks what lies directly in a folder `Benchmarks`.
      path: "DeviceBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ],
  swiftLanguageModes: [.v6]
)
