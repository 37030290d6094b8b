import BenchmarkCorpus
import VirtioHarness
import VirtioOracle
import VirtioProgram

/// Prints what the benchmark corpus is made of, and how fast its programs run: with the judge, with nobody watching, and
/// with mutator, decoder and judge, as a fuzzer without its engine.
///
/// `Throughput [seconds for each] [judge|nobody|mutator]`: one of them alone is for a profiler.
@main
struct Throughput {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    let seconds = arguments.first.flatMap(Double.init) ?? 2
    let programs = try BenchmarkCorpus.programs()
    switch arguments.dropFirst().first {
    case "judge": report("with judge", judged(programs, seconds))
    case "nobody": report("with no observer", plain(programs, seconds))
    case "mutator": report("with mutator, judge", mutated(programs, seconds))
    default:
      print(CorpusSummary(programs))
      let withJudge = judged(programs, seconds)
      report("with judge", withJudge)
      let withNobody = plain(programs, seconds)
      report("with no observer", withNobody)
      report("with mutator, judge", mutated(programs, seconds))
      print("the judge's cost     \(withNobody.ratio(to: withJudge)) times the time of no observer")
    }
  }

  private static func judged(_ programs: [Program], _ seconds: Double) -> Rate {
    var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    return Rate.measure(seconds) { rate in
      for program in programs { rate.add(harness.run(program)) }
    }
  }

  private static func plain(_ programs: [Program], _ seconds: Double) -> Rate {
    var harness = Harness(device: ReferenceDevice(), observer: NoObserver())
    return Rate.measure(seconds) { rate in
      for program in programs { rate.add(harness.run(program)) }
    }
  }

  private static func mutated(_ programs: [Program], _ seconds: Double) -> Rate {
    var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    var mutations = Mutations(of: programs)
    return Rate.measure(seconds) { rate in
      for index in programs.indices { rate.add(harness.run(mutations.next(index))) }
    }
  }

  private static func report(_ name: String, _ rate: Rate) {
    print(name + String(repeating: " ", count: 21 - name.count) + "\(rate)")
  }
}
