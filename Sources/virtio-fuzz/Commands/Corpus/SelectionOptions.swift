import ArgumentParser

/// What is common to the commands that choose programs.
struct SelectionOptions: ParsableArguments {
  @Option(help: "The most that it may come to: 200 programs, or 500B, 64kB, 4MB. What adds most per byte comes first.")
  var budget: Budget?

  @Option(help: "Known findings, as for 'run', which keep no program out.", completion: .file())
  var known: String?

  @OptionGroup var target: TargetOptions

  func knownKeys() throws -> [String] { try known.map(KnownFinding.list)?.map(\.key) ?? [] }
}

extension CorpusSelection {
  var lines: [String] {
    let clauses = countForClauses == 0 ? "" : ", \(countForClauses) of them for states of clauses alone"
    return [
      "kept \(counted(kept.count, "program"))\(clauses), \(counted(kept.size, "byte"))",
      dropped.isEmpty ? "" : "dropped \(counted(dropped.count, "program")) over the budget, which added something",
      "reached with what was there: \(reach.code) counts in the code, \(counted(reach.clauses, "state")) of clauses",
    ].filter { !$0.isEmpty }
  }

  /// Says which programs show a finding.
  func complainOfFindings(_ fate: String) {
    for program in withFindings {
      complain("\(program.path): it shows a finding, and \(fate); 'virtio-fuzz triage' says which")
    }
  }

  /// With findings 77, with files that could not be read 1.
  func code(_ problems: [FileError]) -> ExitCode {
    [withFindings.isEmpty ? .success : .finding, problems.isEmpty ? .success : .failure].worst
  }
}
