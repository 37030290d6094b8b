import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

/// Tells what happens while a program runs on a device, and what the judge makes of it.
public enum Transcript {
  public enum Form: String, Sendable, CaseIterable {
    case text
    /// Text with the colours of a terminal.
    case colour
    /// See ``JSONLines``.
    case json
  }

  /// Runs a program, and hands out the transcript piece by piece: none is held back, so that a device that traps or hangs
  /// leaves all that came before.
  ///
  /// - Returns: what was found.
  public static func run<Device: DeviceUnderTest & ~Copyable>(
    _ program: Program, on device: consuming Device, as form: Form, _ write: @escaping (String) -> Void
  ) -> [Finding] {
    let memory = device.memory
    switch form {
    case .json:
      let lines = JSONLines()
      write(lines.head(of: program, memory))
      var harness = Harness(device: device, observer: Recorder(of: program, in: memory) { write(lines.text($0)) })
      _ = harness.run(program)
      write(lines.tail(harness.observer.judge.ledger))
      return harness.observer.judge.ledger.findings
    case .text, .colour:
      var lines = TextLines(colour: form == .colour)
      write(lines.head(of: program))
      var harness = Harness(device: device, observer: Recorder(of: program, in: memory) { write(lines.text($0)) })
      _ = harness.run(program)
      write(lines.verdict(harness.observer.judge.ledger))
      return harness.observer.judge.ledger.findings
    }
  }
}
