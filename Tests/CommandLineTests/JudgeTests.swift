import Testing
import VirtioProgram

@Suite("virtio-fuzz judge")
struct JudgeTests {
  private let wrongTrace = "# -device virtio-rng-device\nread 0x000\nread 0x004\nread 0x008\nwrite 0x064 0x4\n"

  @Test("of a trace names the clause, its level, its words and the line, and ends with 77")
  func trace() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(wrongTrace, to: "a.txt")
    let result = try virtioFuzz("judge", "a.txt")
    #expect(result.code == 77)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(
      lines.first
        == "a.txt: line 5: MMIO-DRV-22 (MUST NOT): The mask written to InterruptACK contains no undefined bits.")
    #expect(lines.last?.hasPrefix("a.txt: 3 trace rules judged: 2 kept, 1 broken; ") == true)
    #expect(lines.last?.hasSuffix(" are not observable on a bare register trace") == true)
  }

  @Test("of a program, as bytes and as text, names the step")
  func program() throws {
    let virtioFuzz = try CommandRunner()
    let text = "# A comment.\nvirtio-program 1\ndevice block\nnegotiate flags=identify accept=0x100000000\nkick\n"
    try virtioFuzz.write(text, to: "a.txt")
    try virtioFuzz.write(try Program(text: text).encode(), to: "a.vfz")
    for file in ["a.txt", "a.vfz"] {
      let result = try virtioFuzz("judge", file)
      #expect(result.code == 77)
      #expect(
        result.output.hasPrefix(
          "\(file): step 1: INIT-DRV-07 (MUST NOT): No available-buffer notification is sent before DRIVER_OK.\n"))
    }
  }

  @Test("warns of advice, which only --strict takes for a finding")
  func warnings() throws {
    let virtioFuzz = try CommandRunner()
    let start = "# -device virtio-rng-device\nread 0x000\nread 0x004\nread 0x008\n"
    try virtioFuzz.write(start + "write 0x070 0x0\nwrite 0x070 0x1\n", to: "a.txt")
    let result = try virtioFuzz("judge", "a.txt")
    #expect(result.code == 0)
    #expect(result.output.hasPrefix("a.txt: line 6: warning: RESET-DRV-01 (SHOULD): "))
    #expect(try virtioFuzz("judge", "--strict", "a.txt").code == 77)
  }

  @Test("goes by the text that --spec names")
  func specification() throws {
    let virtioFuzz = try CommandRunner()
    let start = "read 0x000\nread 0x004\nread 0x008\nwrite 0x070 0x0\nread 0x070\nwrite 0x070 0x1\nwrite 0x070 0x3\n"
    try virtioFuzz.write(start + "write 0x024 0x1\nwrite 0x020 0x801\nwrite 0x070 0xb\n", to: "a.txt")
    #expect(try virtioFuzz("judge", "a.txt").code == 77)
    #expect(try virtioFuzz("judge", "--spec", "chapter", "a.txt").code == 77)
    #expect(try virtioFuzz("judge", "--spec", "1.4", "a.txt").code == 0)
    let wrong = try virtioFuzz("judge", "--spec", "1.3", "a.txt")
    #expect(wrong.code == 64)
    #expect(wrong.errors.contains("chapter") && wrong.errors.contains("1.4"))
  }

  @Test("of a legacy trace goes by the rules of the legacy interface, and counts only those")
  func legacy() throws {
    let virtioFuzz = try CommandRunner()
    let start = "# -device virtio-rng-device\nread 0x000\nread 0x004\nread 0x008\nwrite 0x070 0x0\n"
    try virtioFuzz.write(start + "write 0x030 0x0\nwrite 0x038 0x8\nwrite 0x040 0x10\n", to: "a.txt")
    let result = try virtioFuzz("judge", "a.txt")
    #expect(result.code == 77)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.first?.hasPrefix("a.txt: line 8: MMIO-LEG-11 ") == true)
    #expect(lines.dropFirst().first?.hasPrefix("a.txt: line 8: MMIO-LEG-31 ") == true)
    #expect(lines.last?.hasPrefix("a.txt: 9 trace rules judged: 7 kept, 2 broken; 20 had no occasion; ") == true)

    try virtioFuzz.write("virtio-program 1\ndevice block flags=legacy\nnegotiate flags=identify\n", to: "b.txt")
    let program = try virtioFuzz("judge", "b.txt")
    #expect(program.code == 0)
    #expect(program.output == "b.txt: 14 trace rules judged: 14 kept, 0 broken; 64 had no occasion\n")
  }

  @Test("of a trace of two devices, of a malformed one and of a missing one ends with 1 and says why")
  func errors() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write("write 0x044 0x1\nwrite 0x028 0x1000\n", to: "mixed.txt")
    let mixed = try virtioFuzz("judge", "mixed.txt")
    #expect(mixed.code == 1)
    #expect(
      mixed.errors.hasPrefix("Error: mixed.txt: line 2: GuestPageSize at offset 0x28 is no register of a device that "))
    try virtioFuzz.write("read 0x000\nreed 0x004\n", to: "bad.txt")
    let bad = try virtioFuzz("judge", "bad.txt")
    #expect(bad.code == 1)
    #expect(bad.errors.hasPrefix("Error: bad.txt: line 2: 'reed 0x004' is no line of a trace; it can be "))
    let missing = try virtioFuzz("judge", "missing.txt")
    #expect(missing.code == 1)
    #expect(missing.errors == "Error: missing.txt: No such file or directory\n")
    #expect(try virtioFuzz("judge").code == 64)
  }
}
