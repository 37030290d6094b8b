import VirtioOracle
import VirtioProgram
import VirtioSpec

/// A program that showed a finding once, and is kept so that it is seen at once if that comes back: a file of bytes
/// whose name begins with the clause, such as `MMIO-DEV-07-1a2b3c4d.vfz`, and its text beside it.
///
/// A program that does not put its clause to the test any more would pass for ever, so that is an error. Where it is
/// meant to be so, as with an alarm that was false, a comment in the text says why: `# not judged: WHY`.
public struct Regression: Sendable {
  /// What is wrong with the files, or came of the program, and what would be right.
  public struct Problem: Error, CustomStringConvertible {
    public let description: String
  }

  public let clause: ClauseID
  public let program: Program
  /// Why its clause is not put to the test.
  public let excuse: String?

  /// - Parameters:
  ///   - name: The file's, without its folder.
  ///   - bytes: What is in it.
  ///   - text: What is in the file for people; nil where there is no such file.
  public init(name: String, bytes: [UInt8], text: String?) throws(Problem) {
    guard let clause = ClauseID.allCases.first(where: { name.hasPrefix("\($0.name)-") }) else {
      throw Problem(description: "the name has to begin with the clause that it is about: MMIO-DEV-07-1a2b3c4d.vfz")
    }
    guard let text else {
      throw Problem(description: "its text is missing; 'virtio-fuzz show' makes it, for a .txt file beside the bytes")
    }
    self.clause = clause
    do {
      program = try Program(strict: bytes)
    } catch {
      throw Problem(description: "\(error)")
    }
    do {
      guard try Program(text: text) == program else {
        throw Problem(description: "its text is another program; 'virtio-fuzz assemble' makes the bytes of a text")
      }
    } catch let error as ProgramError {
      throw Problem(description: "its text: \(error)")
    } catch {
      throw Problem(description: "\(error)")
    }
    let excuses = text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix(Self.excuseMark) }
    excuse = excuses.first.map { String($0.dropFirst(Self.excuseMark.count)) }
  }

  public static let excuseMark = "# not judged: "

  /// Runs it on the reference device: nothing may be found, and its clause has to be put to the test, unless there is an
  /// excuse. In this process, which a trap or a hang of the device would take down.
  public func check() throws(Problem) {
    var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
    _ = harness.run(program)
    // Of its own clause, a warning is what it was kept for.
    if let finding = harness.observer.ledger.findings.first(where: { $0.severity == .error || $0.clause == clause }) {
      let verdict = Verdict(finding)
      throw Problem(
        description: "\(verdict.identity) at step \(finding.step): \(verdict.sight)\n\(program.text(numbered: true))")
    }
    // A trap or a hang is seen by whoever runs this.
    guard Judge.state(of: clause) != .judgedElsewhere else { return }
    let count = harness.observer.ledger.counts[Int(clause.rawValue)]
    switch (count.satisfied > 0, excuse) {
    case (true, nil), (false, .some): return
    case (true, .some):
      throw Problem(description: "it says '\(Self.excuseMark)…', but \(clause.name) is judged: take that comment out")
    case (false, nil):
      let state = count.suspended > 0 ? "suspended, since the driver broke a rule" : "not armed"
      throw Problem(
        description: "\(clause.name) is \(state) on the reference device: whatever comes back would not be seen; "
          + "change the program so that it is, or say in its text why it need not be, by '\(Self.excuseMark)WHY'")
    }
  }
}
