import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

/// A child process that says of programs whether a clause is judged, and kept, by the reference device in them.
///
/// What is kept of a finding is replayed on that device: a program that shows the finding on a broken device, and no
/// occasion for the clause on a right one, would pass there for ever.
struct ReferenceWorker: ~Copyable {
  private static let limit = Duration.seconds(1)

  private let clause: ClauseID
  private var worker: Worker?

  init(clause: ClauseID) { self.clause = clause }

  /// False also where the device dies of it.
  mutating func isKept(in program: Program) throws -> Bool {
    let child = try worker.take() ?? start()
    let task = Worker.Task(bytes: program.encode(), limit: Self.limit)
    guard case .line(let line) = child.ask(task) else { return false }
    worker = consume child
    return !line.isEmpty
  }

  mutating func end() { worker.take()?.end() }

  private func start() throws(UnreadablePath) -> Worker {
    let index = Int(clause.rawValue)
    var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    return try Worker { bytes in
      _ = harness.run(bytes.withUnsafeBytes { Program(decoding: $0) })
      return harness.observer.ledger.marks[index].contains(.satisfied) ? "kept" : ""
    }
  }
}
