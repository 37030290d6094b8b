import Testing
import VirtioProgram

@Suite("virtio-fuzz replay")
struct ReplayTests {
  private let bytes = Program(steps: [Step(.negotiate), Step(.kick)]).encode()

  @Test("says of each file how it went")
  func fine() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(bytes, to: "a.vfz")
    let result = try virtioFuzz("replay", "a.vfz", "a.vfz")
    #expect(result.code == 0)
    let line = "a.vfz: ok (2 steps, 0 chains completed; driver broke FEAT-DRV-06 at step 0 and 1 more of its rules)\n"
    #expect(result.output == line + line)
  }

  @Test("of a missing file ends with 1 and its path")
  func missing() throws {
    let result = try CommandRunner()("replay", "missing.vfz")
    #expect(result.code == 1)
    #expect(result.errors == "Error: missing.vfz: No such file or directory\n")
  }

  @Test("of a ragged file ends with 1 and its length, but not with --any-bytes")
  func ragged() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(bytes + [0], to: "ragged.vfz")
    let result = try virtioFuzz("replay", "ragged.vfz")
    #expect(result.code == 1)
    #expect(result.errors.hasPrefix("Error: ragged.vfz: byte 97: the length is 97 bytes"))
    #expect(try virtioFuzz("replay", "--any-bytes", "ragged.vfz").code == 0)
  }

  @Test("of an unknown version ends with 1 and the version")
  func version() throws {
    let virtioFuzz = try CommandRunner()
    var bytes = bytes
    bytes[4] = 9
    try virtioFuzz.write(bytes, to: "later.vfz")
    let result = try virtioFuzz("replay", "later.vfz")
    #expect(result.code == 1)
    #expect(result.errors.hasPrefix("Error: later.vfz: byte 4: the version is 9"))
  }

  @Test("of an unknown step ends with 1, the step and the byte")
  func step() throws {
    let virtioFuzz = try CommandRunner()
    var bytes = bytes
    bytes[64] = 200
    try virtioFuzz.write(bytes, to: "steps.vfz")
    let result = try virtioFuzz("replay", "steps.vfz")
    #expect(result.code == 1)
    #expect(result.errors.hasPrefix("Error: steps.vfz: step 1, byte 64: kind is 200"))
  }

  @Test("goes on behind a file that it cannot read")
  func mixed() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(bytes, to: "fine.vfz")
    try virtioFuzz.write([1, 2, 3], to: "broken.vfz")
    try virtioFuzz.write("No program.", to: "README.md")
    let result = try virtioFuzz("replay", "missing.vfz", ".")
    #expect(result.code == 1)
    #expect(
      result.output
        == "./fine.vfz: ok (2 steps, 0 chains completed; driver broke FEAT-DRV-06 at step 0 and 1 more of its rules)\n")
    #expect(result.errors.contains("missing.vfz") && result.errors.contains("broken.vfz"))
    #expect(!result.errors.contains("README.md"))
  }
}
