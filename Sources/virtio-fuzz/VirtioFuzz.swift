import ArgumentParser

/// The command line. It starts the fuzz targets as children, and links none of them.
@main
struct VirtioFuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "virtio-fuzz",
    abstract: "Fuzzes virtio-mmio devices in front of a judge that names the clause that was broken.",
    discussion: """
      Example: swift run -c release -Xswiftc -sanitize=fuzzer virtio-fuzz run

      Exit codes: 0 nothing found; 77 a finding, also a trap; 70 a time-out; 71 out of memory; 72 interrupted; \
      64 wrong usage; 1 a file that cannot be read.
      """,
    subcommands: [
      List.self, Run.self, Conformance.self, Compare.self, Replay.self, ReplayOne.self, Clauses.self, CountClauses.self,
      JudgeDrivers.self,
      Minimize.self, Regress.self, Triage.self, Coverage.self, Nightly.self, Faults.self, CorpusCommand.self, Show.self,
      Assemble.self, ImportTrace.self, Discover.self, MakeDeviceTree.self,
    ])
}
