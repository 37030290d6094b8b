import Testing

@testable import VirtioProgram

@Suite("Reading a text refuses")
struct TextErrorTests {
  private static let start = "virtio-program 1\ndevice block\n"

  private func error(_ text: String) -> String? {
    ProgramError.thrown { () throws(ProgramError) in _ = try Program(text: text) }?.description
  }

  private func error(step: String) -> String? { error(Self.start + step) }

  @Test("a text without its first lines")
  func missingLines() {
    #expect(error("") == "line 1, column 1: here must be a line like 'virtio-program 1'")
    #expect(error("\n kick") == "line 2, column 2: here must be a line like 'virtio-program 1'")
    #expect(
      error("virtio-program 1\nkick")
        == "line 2, column 1: here must be a line like "
        + "'device block queues=1 queue-size=256 capacity=64 withheld=0x0 flags=none'")
    #expect(error("virtio-program 1")?.hasPrefix("line 1, column 1: here must be a line like 'device") == true)
  }

  @Test("an unknown version")
  func version() {
    #expect(
      error("virtio-program 7\n") == "line 1, column 16: the version is 7; this program reads version 1")
  }

  @Test("a header that cannot be")
  func header() {
    #expect(
      error("virtio-program 1\ndevice blok")
        == "line 2, column 8: 'blok' is no device, did you mean 'block'?; it can be block, entropy, console, network")
    #expect(
      error("virtio-program 1\ndevice block queues=0")
        == "line 2, column 21: queues is 0 (0x0); it can be 1 to 4")
    #expect(
      error("virtio-program 1\ndevice block queue-size=48")
        == "line 2, column 25: queue-size is 48 (0x30); it can be a power of two from 1 to 1024")
    #expect(error("virtio-program 1\ndevice block capacity=4096")?.contains("0 to 4095") == true)
    #expect(error("virtio-program 1\ndevice block size=4")?.contains("no field of the header") == true)
  }

  @Test("an unknown kind, and names the nearest one")
  func kind() {
    let error = error(step: "kick\npublsh")
    let start = "line 4, column 1: 'publsh' is no kind of step, did you mean 'publish'?; it can be read, write, "
    #expect(error?.hasPrefix(start) == true)
  }

  @Test("an unknown field")
  func field() {
    #expect(
      error(step: "kick queu=1")
        == "line 3, column 6: 'queu' is no field of kick, did you mean 'queue'?; it can be queue")
    #expect(error(step: "reset x=1") == "line 3, column 7: 'x' is no field of reset; there is none here")
    #expect(error(step: "kick queue") == "line 3, column 6: 'queue' is no field; a field is written name=value")
  }

  @Test("a field that stands twice")
  func duplicate() {
    #expect(error(step: "kick queue=1 queue=1") == "line 3, column 14: queue is given a second time; once is enough")
  }

  @Test("a number that is none, or is out of its domain")
  func number() {
    #expect(
      error(step: "kick queue=one")
        == "line 3, column 12: 'one' is no value of queue; it can be a number from 0 to 7, decimal or 0x…")
    #expect(error(step: "kick queue=8") == "line 3, column 12: queue is 8 (0x8); it can be 0 to 7")
    for number in ["", "-1", "+1", "0x", "0x+1", "1_0", "18446744073709551616"] {
      #expect(error(step: "write value=\(number)")?.contains("no value of value") == true)
    }
    #expect(error(step: "read offset=0x10000") == "line 3, column 13: offset is 65536 (0x10000); it can be 0 to 65535")
  }

  @Test("a word that is none of the field's")
  func word() {
    #expect(
      error(step: "read width=3") == "line 3, column 12: '3' is no width, did you mean '1'?; it can be 1, 2, 4, 8")
    #expect(
      error(step: "status set=driver+drivr-ok")?.hasPrefix(
        "line 3, column 19: 'drivr-ok' is no set, did you mean 'driver-ok'?") == true)
    #expect(error(step: "status set=driver+")?.contains("'' is no set") == true)
    #expect(error(step: "read offset=Statu")?.contains("did you mean 'Status'?") == true)
    #expect(error(step: "store address=buffer99")?.contains("buffer0–buffer63") == true)
  }

  @Test("more than 512 steps")
  func tooMany() {
    let text = Self.start + String(repeating: "kick\n", count: 513)
    #expect(error(text) == "line 515, column 1: there are 513 steps; a program has at most 512")
  }
}
