import ArgumentParser
import Foundation
import Mutation

/// What could be run.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints the mutants: number, id, and what is changed.",
    discussion: "Some of them may not compile, which only 'run' finds out.")

  @Argument(help: "Numbers, ids, or what ids begin with, such as Queues/HeadSet.swift or Queues/HeadSet.swift:21.")
  var ids: [String] = []

  @Option(help: "Only one kind of change.")
  var kind: MutationKind?

  @Flag(help: "Print a row for each, which Mutants/equivalent.tsv takes once there is a reason behind it.")
  var rows = false

  @Flag(help: "Print only how many there are of each kind.")
  var count = false

  func run() throws {
    let schemata = try Schemata(ofPackage: ".")
    let mutants = try MutantSelection.named(ids, of: schemata.mutants).filter {
      kind == nil || $0.mutation.kind == kind
    }
    guard !count else {
      for kind in MutationKind.allCases {
        print("\(mutants.count { $0.mutation.kind == kind })\t\(kind.says)")
      }
      return print("\(mutants.count)\tall")
    }
    for mutant in mutants {
      print(rows ? EquivalentMutants.row(mutant) : "\(mutant.number)\t\(mutant.id)\t\(mutant.change)")
    }
  }
}

extension MutationKind: ExpressibleByArgument {}
