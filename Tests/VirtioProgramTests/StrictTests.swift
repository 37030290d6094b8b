import Testing

@testable import VirtioProgram

@Suite("Strict reading refuses")
struct StrictTests {
  private let program = Program(steps: [Step(.reset), Step(.kick), Step(.publish)])

  private func error(changing byte: Int, to value: UInt8) -> ProgramError? {
    var bytes = program.encode()
    bytes[byte] = value
    return ProgramError.thrown { () throws(ProgramError) in _ = try Program(strict: bytes) }
  }

  @Test("a wrong magic number")
  func magic() {
    #expect(error(changing: 0, to: 0) == ProgramError(.wrongMagic(0x0a7a_6600), at: .byte(0)))
  }

  @Test("an unknown version")
  func version() {
    #expect(error(changing: 4, to: 2) == ProgramError(.unknownVersion(2), at: .byte(4)))
  }

  @Test("a length that is no header and whole steps", arguments: [0, 31, 33, 127])
  func length(_ length: Int) {
    let bytes = Array(program.encode().prefix(length))
    let error = ProgramError.thrown { () throws(ProgramError) in _ = try Program(strict: bytes) }
    #expect(error == ProgramError(.raggedLength(length), at: .byte(length)))
  }

  @Test("more than 512 steps")
  func steps() {
    let bytes = Program().encode() + Array(repeating: 0, count: 32 * 513)
    let error = ProgramError.thrown { () throws(ProgramError) in _ = try Program(strict: bytes) }
    #expect(error == ProgramError(.tooManySteps(513), at: .byte(32 * 513)))
  }

  @Test(
    "a field of the header that is out of its domain",
    arguments: [
      (5, UInt8(Header.Device.allCases.count), "device"), (6, 4, "queues"), (7, 11, "sizeLog2"), (17, 16, "capacity"),
    ])
  func header(byte: Int, value: UInt8, field: String) throws {
    let found = self.error(changing: byte, to: value)
    let error = try #require(found)
    guard case .outOfDomain(field, _, _) = error.reason else {
      Issue.record("\(error)")
      return
    }
    #expect(error.place == .byte(byte == 17 ? 16 : byte))
  }

  @Test("a byte that means nothing and is not 0")
  func reserved() {
    #expect(error(changing: 31, to: 1) == ProgramError(.reservedByte(1), at: .byte(31)))
    #expect(error(changing: 32 + 9, to: 7) == ProgramError(.reservedByte(7), at: .step(0, byte: 41)))
  }

  @Test("a field of a step that is out of its domain")
  func field() {
    #expect(
      error(changing: 64, to: 200)
        == ProgramError(
          .outOfDomain(field: "kind", number: 200, allowed: "0 to \(StepKind.allCases.count - 1)"),
          at: .step(1, byte: 64)))
    #expect(
      error(changing: 96 + 14, to: 99)
        == ProgramError(
          .outOfDomain(field: "fault of publish", number: 99, allowed: "0 to \(ChainFault.allCases.count - 1)"),
          at: .step(2, byte: 110)))
    #expect(error(changing: 96 + 31, to: 99)?.place == .step(2, byte: 120))
  }

  @Test("in words that say what would be right")
  func words() {
    #expect(
      error(changing: 96 + 14, to: 99)?.description
        == "step 2, byte 110: fault of publish is 99 (0x63); it can be 0 to \(ChainFault.allCases.count - 1)")
  }
}
