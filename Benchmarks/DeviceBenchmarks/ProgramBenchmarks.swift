import Benchmark
import BenchmarkCorpus
import VirtioHarness
import VirtioOracle
import VirtioProgram

/// All programs of the benchmark corpus, one after the other: with the judge, and with nobody watching.
func programBenchmarks() {
  let steps = BenchmarkMetric.custom("Steps a second", polarity: .prefersLarger, useScalingFactor: false)
  let configuration = Benchmark.Configuration(
    metrics: [.wallClock, steps], warmupIterations: 10, maxDuration: .seconds(3))
  guard let programs = try? BenchmarkCorpus.programs() else { return }

  let judged = Runner(Judge(memory: .standard), programs)
  Benchmark("program execution, judge", configuration: configuration) { benchmark in
    benchmark.measurement(steps, measured(benchmark) { judged.run() })
  }
  let plain = Runner(NoObserver(), programs)
  Benchmark("program execution, no observer", configuration: configuration) { benchmark in
    benchmark.measurement(steps, measured(benchmark) { plain.run() })
  }
}

/// How many steps a second `body` takes, which says how many it took.
private func measured(_ benchmark: Benchmark, _ body: () -> Int) -> Int {
  let start = ContinuousClock.now
  benchmark.startMeasurement()
  let steps = body()
  benchmark.stopMeasurement()
  return Int(Double(steps) / ((ContinuousClock.now - start) / .seconds(1)))
}

/// A harness that outlives an iteration, as that of a fuzz target outlives an input.
private final class Runner<Observer: EventObserver & ~Copyable> {
  private var harness: Harness<ReferenceDevice, Observer>
  private let programs: [Program]

  init(_ observer: consuming Observer, _ programs: [Program]) {
    harness = Harness(device: ReferenceDevice(), observer: observer)
    self.programs = programs
  }

  /// - Returns: how many steps were executed.
  func run() -> Int {
    var steps = 0
    for program in programs { steps += harness.run(program).executedSteps }
    return steps
  }
}
