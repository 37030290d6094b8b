import Foundation
import Testing
import VirtioProgram

@Suite("virtio-fuzz minimize")
struct MinimizeTests {
  /// 500 steps, of which a ready queue and the reset behind the last step are enough for MMIO-DEV-07, and a
  /// notification of a queue that there is not for what `FatalDevice` does.
  private static let long =
    "virtio-program 1\ndevice block queues=2 queue-size=128 capacity=23 withheld=0x20\n"
    + String(repeating: "poll count=3\nservice ack=late\n", count: 240)
    + "queue size=4 region=1\n" + String(repeating: "read offset=Status width=4\n", count: 18)
    + "write offset=QueueNotify width=4 value=0x1234\n"

  @Test("keeps clause and step kind, takes steps out, and brings fields to their simplest values")
  func violation() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(Program(text: Self.long).encode(), to: "long.vfz")
    let start = ContinuousClock.now
    let result = try virtioFuzz("minimize", "--with", "FuzzBroken", "long.vfz", "-o", "short.vfz")
    // This is a debug build, and what else runs takes its share; the README has the measured time.
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.errors.hasPrefix("MMIO-DEV-07/end: 500 steps to 1, "))
    #expect(result.output.hasPrefix("short.vfz: MMIO-DEV-07 outside of its steps: seen 0x1, expected 0x0\n"))
    // Of no size, no queue would be ready on a right device, and the clause not judged.
    let program = Program(steps: [Step(.queue, [.size: 1])])
    #expect(virtioFuzz.bytes("short.vfz") == program.encode())
    let text = virtioFuzz.text("short.txt") ?? ""
    #expect(try Program(text: text) == program)
    #expect(text.hasPrefix("# MMIO-DEV-07: A reset clears the QueueReady bit"))
  }

  @Test("is deterministic, and gives back what it gave")
  func idempotent() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(Self.long, to: "long.txt")
    #expect(try virtioFuzz("minimize", "--with", "FuzzBroken", "long.txt", "-o", "a.vfz").code == 0)
    #expect(try virtioFuzz("minimize", "--with", "FuzzBroken", "long.txt", "-o", "b.vfz").code == 0)
    #expect(try virtioFuzz("minimize", "--with", "FuzzBroken", "a.vfz").code == 0)
    #expect(virtioFuzz.bytes("a.vfz") != nil)
    #expect(virtioFuzz.bytes("b.vfz") == virtioFuzz.bytes("a.vfz"))
    #expect(virtioFuzz.bytes("a.min.vfz") == virtioFuzz.bytes("a.vfz"))
  }

  @Test(
    "shrinks a trap and a hang, too",
    arguments: [("trap", "ROB-01", "died of SIG"), ("hang", "ROB-02", "no end after 1.0 s")])
  func deaths(way: String, clause: String, end: String) throws {
    var virtioFuzz = try CommandRunner()
    virtioFuzz.environment["FUZZ_BROKEN"] = way
    try virtioFuzz.write(Self.long, to: "long.txt")
    let result = try virtioFuzz(
      "minimize", "--with", "FuzzBroken", "long.txt", "-o", "short.vfz", "--time-limit", "1")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("short.vfz: \(clause) in step 0 (write) of 1: \(end)"), "\(result.output)")
    let last = Step(.write, [.index: 0x50, .choice: 2, .value: 4])
    #expect(virtioFuzz.bytes("short.vfz") == Program(steps: [last]).encode())
  }

  @Test("takes the finding that it is told")
  func chosen() throws {
    let virtioFuzz = try CommandRunner()
    let text = "virtio-program 1\ndevice block\nqueue size=8\nreset\nqueue size=8\n"
    try virtioFuzz.write(text, to: "two.txt")
    let first = try virtioFuzz("minimize", "--with", "FuzzBroken", "two.txt", "-o", "first.vfz")
    #expect(first.output.hasPrefix("first.vfz: MMIO-DEV-07 in step 2 (queue) of 3"), "\(first.output)")
    let end = try virtioFuzz(
      "minimize", "--with", "FuzzBroken", "two.txt", "-o", "end.vfz", "--finding", "MMIO-DEV-07/end")
    #expect(end.output.hasPrefix("end.vfz: MMIO-DEV-07 outside of its steps"), "\(end.output)")
    let none = try virtioFuzz("minimize", "--with", "FuzzBroken", "two.txt", "--finding", "ROB-05/kick")
    #expect(none.code == 1)
    #expect(none.errors.hasPrefix("Error: two.txt: no ROB-05/kick is found in it on FuzzBroken; --with names"))
    #expect(try virtioFuzz("minimize", "two.txt", "--finding", "ROB-05").code == 64)
  }

  @Test("keeps what a process shows that ran nothing before")
  func leaky() throws {
    var virtioFuzz = try CommandRunner()
    virtioFuzz.environment["FUZZ_BROKEN"] = "leaky"
    try virtioFuzz.write(Self.long, to: "long.txt")
    let result = try virtioFuzz("minimize", "--with", "FuzzBroken", "long.txt", "-o", "short.vfz")
    #expect(result.code == 0, "\(result.errors)")
    // Behind another program, one without steps would have been enough.
    #expect(result.errors.contains("500 steps to 1, "), "\(result.errors)")
  }

  @Test("ends with 1 where a finding comes and goes")
  func moody() throws {
    var virtioFuzz = try CommandRunner()
    virtioFuzz.environment["FUZZ_BROKEN"] = "moody"
    try virtioFuzz.write(Self.long, to: "long.txt")
    let result = try virtioFuzz("minimize", "--with", "FuzzBroken", "long.txt")
    #expect(result.code == 1)
    #expect(result.errors.hasPrefix("error: MMIO-DEV-07/end shows in one process and not in another: "))
  }

  @Test("ends with 1 where nothing is found, and with 64 where the input would be replaced")
  func errors() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(Self.long, to: "long.txt")
    let fine = try virtioFuzz("minimize", "long.txt")
    #expect(fine.code == 1)
    #expect(fine.errors.hasPrefix("Error: long.txt: nothing is found in it on FuzzLifecycle; --with names"))
    #expect(try virtioFuzz("minimize", "long.txt", "-o", "long.vfz").code == 64)
    #expect(try virtioFuzz("minimize", "long.txt", "--time-limit", "0").code == 64)
    let target = try virtioFuzz("minimize", "long.txt", "--with", "FuzzNothing")
    #expect(target.code == 1)
    #expect(target.errors.hasPrefix("Error: FuzzNothing: this is no fuzz target; it can be a path to one"))
    let other = try virtioFuzz("minimize", "long.txt", "--with", "/bin/false")
    #expect(other.code == 1)
    try virtioFuzz.write([1, 2, 3], to: "ragged.vfz")
    #expect(try virtioFuzz("minimize", "ragged.vfz").errors.hasPrefix("Error: ragged.vfz: byte 3: the length is 3"))
  }
}
