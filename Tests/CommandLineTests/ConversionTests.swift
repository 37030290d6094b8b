import Testing
import VirtioProgram

@Suite("virtio-fuzz show, assemble and import-trace")
struct ConversionTests {
  private let text = "virtio-program 1\ndevice entropy\nnegotiate\nqueue size=8\nkick\n"

  @Test("assemble makes bytes of what show prints of them")
  func circle() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(text, to: "a.txt")
    #expect(try virtioFuzz("assemble", "a.txt", "-o", "a.vfz").code == 0)
    #expect(try virtioFuzz.bytes("a.vfz") == Program(text: text).encode())

    let shown = try virtioFuzz("show", "a.vfz")
    #expect(shown.code == 0)
    #expect(shown.output.hasSuffix("\nkick  # 2\n"))
    try virtioFuzz.write(shown.output, to: "b.txt")
    #expect(try virtioFuzz("assemble", "b.txt", "-o", "b.vfz").code == 0)
    #expect(virtioFuzz.bytes("a.vfz") == virtioFuzz.bytes("b.vfz"))
  }

  @Test("assemble of an unknown step ends with 1, the place and a better word, and leaves the output as it was")
  func unknownStep() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write("virtio-program 1\ndevice block\n\n  kik\n", to: "a.txt")
    try virtioFuzz.write([42], to: "a.vfz")
    let result = try virtioFuzz("assemble", "a.txt", "-o", "a.vfz")
    #expect(result.code == 1)
    #expect(
      result.errors.hasPrefix("Error: a.txt: line 4, column 3: 'kik' is no kind of step, did you mean 'kick'?"))
    #expect(virtioFuzz.bytes("a.vfz") == [42])
  }

  @Test("assemble of an unknown version ends with 1 and the version")
  func unknownVersion() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write("virtio-program 9\ndevice block\n", to: "a.txt")
    let result = try virtioFuzz("assemble", "a.txt", "-o", "a.vfz")
    #expect(result.code == 1)
    #expect(result.errors.hasPrefix("Error: a.txt: line 1, column 16: the version is 9"))
    #expect(virtioFuzz.bytes("a.vfz") == nil)
  }

  @Test("assemble of what is no text, or into a folder that is not there, ends with 1")
  func unusableFiles() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write([0xff, 0xfe], to: "bytes.txt")
    let bytes = try virtioFuzz("assemble", "bytes.txt", "-o", "a.vfz")
    #expect(bytes.code == 1)
    #expect(bytes.errors == "Error: bytes.txt: this is no UTF-8 text\n")

    try virtioFuzz.write(text, to: "a.txt")
    let folder = try virtioFuzz("assemble", "a.txt", "-o", "missing/a.vfz")
    #expect(folder.code == 1)
    #expect(folder.errors == "Error: missing/a.vfz: No such file or directory\n")
  }

  @Test("show of a ragged file ends with 1, but not with --any-bytes")
  func ragged() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write([1, 2, 3], to: "ragged")
    let strict = try virtioFuzz("show", "ragged")
    #expect(strict.code == 1)
    #expect(strict.errors.hasPrefix("Error: ragged: byte 3: the length is 3 bytes"))
    let total = try virtioFuzz("show", "ragged", "--any-bytes")
    #expect(total.code == 0)
    #expect(total.output.hasPrefix("virtio-program 1\n"))
  }

  @Test("import-trace makes a program")
  func importing() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write("# -device virtio-rng-device\nirq 0\nread 0x004\nwrite 0x070 0x0\n", to: "a.txt")
    #expect(try virtioFuzz("import-trace", "a.txt", "-o", "a.vfz").code == 0)
    #expect(
      try virtioFuzz("show", "a.vfz").output.hasSuffix(
        "\nread offset=Version width=4  # 0\nwrite offset=Status width=4  # 1\n"))
  }

  @Test("import-trace of a malformed line ends with 1 and its number")
  func malformedTrace() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write("# -device virtio-rng-device\nread 0x000\npeek 0x004\n", to: "a.txt")
    let result = try virtioFuzz("import-trace", "a.txt", "-o", "a.vfz")
    #expect(result.code == 1)
    #expect(result.errors.hasPrefix("Error: a.txt: line 3: 'peek 0x004' is no line of a trace"))
    #expect(virtioFuzz.bytes("a.vfz") == nil)
  }

  @Test("import-trace of a legacy trace makes a program for a legacy device")
  func legacyTrace() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write("# -device virtio-rng-device\nwrite 0x028 0x1000\n", to: "a.txt")
    #expect(try virtioFuzz("import-trace", "a.txt", "-o", "a.vfz").code == 0)
    let shown = try virtioFuzz("show", "a.vfz").output
    #expect(shown.contains(" flags=legacy\n"))
    #expect(shown.hasSuffix("\npage-size bytes=4096  # 0\n"))
  }

  @Test("import-trace of a trace of two devices ends with 1, and says which lines are not of one")
  func mixedTrace() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write("# -device virtio-rng-device\nwrite 0x028 0x1000\nread 0x0fc\n", to: "a.txt")
    let result = try virtioFuzz("import-trace", "a.txt", "-o", "a.vfz")
    #expect(result.code == 1)
    #expect(
      result.errors.hasPrefix(
        "Error: a.txt: line 3: ConfigGeneration at offset 0xfc is no register of a device that has GuestPageSize, "
          + "which line 2 accesses"))
    #expect(virtioFuzz.bytes("a.vfz") == nil)
  }
}
