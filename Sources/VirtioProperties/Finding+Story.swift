import VirtioOracle
import VirtioProgram
import VirtioSpec

extension Finding {
  /// What a person needs of a finding in a generated program: the clause, the steps, and what to do with them.
  func story(_ program: Program, number: Int, seed: UInt64, device: String) -> String {
    let lines = program.text().split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
    return """
      \(story(program, origin: "program \(number) of seed \(seed), shrunk to \(program.steps.count) steps"))
      replay: VIRTIO_FUZZ_SEED=\(seed) VIRTIO_FUZZ_CASES=\(number + 1) swift test
      keep:
        @Test func regression() throws {
          let findings = try findings(
            \"\"\"
      \(lines)
            \"\"\", on: \(device)())
          #expect(findings.isEmpty)
        }
      """
  }

  /// What a person needs of a finding in a program that came from `origin`.
  public func story(_ program: Program, origin: String) -> String {
    """
    \(clause.name) at step \(step): \(clause.clause.says)
    saw 0x\(String(seen, radix: 16)), expected 0x\(String(expected, radix: 16)), \
    first at fault: \(driverFault.map { "driver, \($0.clause.name) at step \($0.step)" } ?? "device")
    \(origin):
    \(program.text(numbered: true))
    """
  }
}
