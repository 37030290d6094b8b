import Foundation
import TestSupport
import Testing
import Transcript
import VirtioHarness
import VirtioProgram

@Suite("A transcript")
struct TranscriptTests {
  private let resets = """
    virtio-program 1
    device block queues=1 queue-size=8
    negotiate accept=0x100000000
    queue size=8
    reset
    read offset=QueueReady width=4
    """

  @Test("shows accesses, what the judge says of them, and the verdict")
  func text() throws {
    let text = try transcript(resets, on: BrokenDevice(.resetKeepsQueueReady), as: .text)
    #expect(text.hasPrefix("virtio-program 1\ndevice block queues=1 queue-size=8 "))
    #expect(text.contains("\n   1  queue size=8\n"))
    #expect(text.contains("\n      write QueueReady        <- 0x1\n"))
    #expect(text.contains("\n      × MMIO-DEV-07: "))
    #expect(text.contains("\n        section:  Virtio Over MMIO / Device normative/Register Layout\n"))
    #expect(text.contains("\nverdict: MMIO-DEV-07 "))
    #expect(text.contains("\n  first at fault: the device\n"))
    #expect(!text.contains("\u{1b}"))
  }

  @Test("names what lies in guest memory, and blames the driver where it was first")
  func places() throws {
    let text = try transcript(
      """
      virtio-program 1
      device block queues=1 queue-size=8
      negotiate accept=0x100000000
      queue size=8
      status set=driver-ok
      descriptor index=0 address=buffer0 length=16 flags=next next=9
      offer
      kick
      """, on: ReferenceDevice(), as: .text)
    #expect(text.contains("queue 0 avail.idx  01 00"))
    #expect(text.contains("queue 0 descriptor 0  "))
    #expect(text.contains("\n        interrupt line rises\n"))
    #expect(text.contains("! the driver breaks SPLIT-DRV-03: "))
    #expect(text.contains("\nverdict: the device keeps all that was put to the test\n"))
  }

  @Test("counts what would be too much to read")
  func runs() throws {
    let text = try transcript(
      """
      virtio-program 1
      device block queues=1 queue-size=64
      negotiate accept=0x100000000
      queue size=64
      status set=driver-ok
      publish count=8
      publish count=8
      kick
      """, on: ReferenceDevice(), as: .text)
    #expect(text.contains(/\n +… \d+ more accesses to memory\n/))
  }

  @Test("has colours where they are asked for")
  func colours() throws {
    let text = try transcript(resets, on: BrokenDevice(.resetKeepsQueueReady), as: .colour)
    #expect(text.contains("\u{1b}[1;31m      × MMIO-DEV-07"))
  }

  @Test("is a JSON object a line")
  func json() throws {
    let text = try transcript(resets, on: BrokenDevice(.resetKeepsQueueReady), as: .json)
    let lines = try text.split(separator: "\n").map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(lines.first?["kind"] as? String == "head")
    #expect(lines.last?["kind"] as? String == "tail")
    #expect(lines.count { $0["kind"] as? String == "area" } == 3)
    #expect(lines.contains { $0["kind"] as? String == "step" && $0["text"] as? String == "queue size=8" })
    let finding = try #require(lines.first { $0["kind"] as? String == "finding" })
    #expect(finding["clause"] as? String == "MMIO-DEV-07")
    #expect(finding["severity"] as? String == "error")
  }

  private func transcript<Device: DeviceUnderTest & ~Copyable>(
    _ program: String, on device: consuming Device, as form: Transcript.Form
  ) throws -> String {
    let collected = Collected()
    _ = Transcript.run(try Program(text: program), on: device, as: form) { collected.text += $0 }
    return collected.text
  }

  private final class Collected {
    var text = ""
  }
}
