import BenchmarkCorpus
import VirtioProgram

/// Writes the benchmark corpus anew: programs of the lifecycle generator, by ascending seeds, of which those are taken
/// that are neither shorter nor lazier nor busier than a benchmark wants. The same generator gives the same files.
@main
struct MakeCorpus {
  static let wanted: [Header.Device: Int] = [.block: 32, .entropy: 10, .console: 10, .network: 12]
  static let steps = 24..<41

  static func main() throws {
    var harness = CorpusSummary.makeHarness()
    var taken: [(name: String, program: Program)] = []
    var missing = wanted
    var seed: UInt64 = 0
    var all = CorpusSummary()
    while missing.values.contains(where: { $0 > 0 }) {
      seed += 1
      var generator = ProgramGenerator(style: .lifecycle, seed: seed)
      let program = withMiddlingPayloads(generator.program(steps: steps))
      var summary = CorpusSummary()
      summary.add(program, on: &harness)
      if seed <= 10_000 { all.add(program, on: &harness) }
      let device = program.header.device
      guard missing[device, default: 0] > 0, isFit(summary) else { continue }
      missing[device, default: 0] -= 1
      taken.append(("\(device.name)-\(String(100_000 + seed).dropFirst()).vfz", program))
    }
    try BenchmarkCorpus.replace(by: taken)
    print("Of the programs with seeds 1 to \(seed) these were taken:")
    print(CorpusSummary(taken.map(\.program)))
    print("\nThe first \(all.programs), taken or not:\n\(all)")
  }

  /// Whether a program is long enough, has no finding, and completes a chain with data in at least one of six steps,
  /// but not much more often.
  private static func isFit(_ summary: CorpusSummary) -> Bool {
    summary.executedSteps >= steps.lowerBound && summary.findings == 0
      && summary.stepsWithData * 6 >= summary.executedSteps && summary.chainsWithData * 11 <= summary.executedSteps * 2
  }

  /// The program with all payloads of reads, writes and random numbers brought between 512 and 2048 bytes.
  private static func withMiddlingPayloads(_ program: Program) -> Program {
    var program = program
    for index in program.steps.indices where program.steps[index].kind == .publish {
      switch Request(rawValue: UInt8(program.steps[index][.choice])) {
      case .read, .write, .entropy:
        program.steps[index][.length] = min(max(program.steps[index][.length], 512), 2048)
      default: break
      }
    }
    return program
  }
}
