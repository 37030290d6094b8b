import Benchmark

let benchmarks: @Sendable () -> Void = {
  registerBenchmarks()
  chainBenchmark()
  blockReadBenchmark()
  programBenchmarks()
}

extension Benchmark.Configuration {
  /// For what takes nanoseconds: a million of it at a time.
  static var nanoseconds: Self {
    Self(
      metrics: [.wallClock], timeUnits: .nanoseconds, warmupIterations: 3, scalingFactor: .mega,
      maxDuration: .seconds(3), maxIterations: 1000)
  }
}
