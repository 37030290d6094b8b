import BenchmarkCorpus
import VirtioHarness
import VirtioOracle
import VirtioProgram

/// Prints what the benchmark corpus is made of, and how fast its programs run: with the judge, with nobody watching, and
/// with mutator, decoder and judge, as a fuzzer without its engine. `Throughput [seconds for each]`
@main
struct Throughput {
  static func main() throws {
    let seconds = CommandLine.arguments.dropFirst().first.flatMap(Double.init) ?? 2
    let programs = try BenchmarkCorpus.programs()
    print(CorpusSummary(programs))

    var judged = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    let withJudge = Rate.measure(seconds) { rate in
      for program in programs { rate.add(judged.run(program)) }
    }
    print("with judge           \(withJudge)")

    var plain = Harness(device: ReferenceDevice(), observer: NoObserver())
    let withNobody = Rate.measure(seconds) { rate in
      for program in programs { rate.add(plain.run(program)) }
    }
    print("with no observer     \(withNobody), \(ratio(withNobody, withJudge)) times as fast")

    var mutations = Mutations(of: programs)
    let mutated = Rate.measure(seconds) { rate in
      for index in programs.indices { rate.add(judged.run(mutations.next(index))) }
    }
    print("with mutator, judge  \(mutated)")
  }

  private static func ratio(_ a: Rate, _ b: Rate) -> String {
    let tenths = Int(a.stepsPerSecond / b.stepsPerSecond * 10)
    return "\(tenths / 10).\(tenths % 10)"
  }
}
