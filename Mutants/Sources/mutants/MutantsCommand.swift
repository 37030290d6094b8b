import ArgumentParser

@main
struct MutantsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mutants",
    abstract: "Changes the device model in every small way there is, and says which changes nobody notices.",
    discussion: "Run it in the folder of the package whose device model it is.",
    subcommands: [List.self, Run.self])
}
