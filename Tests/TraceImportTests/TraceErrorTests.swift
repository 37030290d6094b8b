import Testing
import TraceImport
import VirtioProgram

@Suite("Importing a trace refuses")
struct TraceErrorTests {
  /// What is wrong with these lines of a device's trace, whose first one is line 2.
  private func error(_ lines: String..., of device: String = "virtio-blk-device") -> TraceError? {
    let text = (["# -device \(device)"] + lines).joined(separator: "\n")
    do {
      _ = try Program(importing: Trace(text: text))
      return nil
    } catch {
      return error
    }
  }

  @Test("a line that it does not know", arguments: ["poke 0x070", "read", "write 0x070", "irq 0 1", "READ 0x070"])
  func line(_ line: String) {
    #expect(error("read 0x000", line) == TraceError(.notALine(line), line: 3))
  }

  @Test("what is no number", arguments: ["0xg", "-1", "0x", "0x100000000"])
  func number(_ word: String) {
    #expect(error("read \(word)") == TraceError(.notANumber(word), line: 2))
    #expect(error("write 0x070 \(word)") == TraceError(.notANumber(word), line: 2))
  }

  @Test("a level that no line has")
  func level() {
    #expect(error("irq 2") == TraceError(.notALevel("2"), line: 2))
  }

  @Test("features that no program can accept, whatever the selector")
  func features() {
    let error = error(
      "write 0x070 0x0", "write 0x070 0x1", "write 0x070 0x3", "write 0x024 0xffffffff", "write 0x020 0x1",
      "write 0x070 0xb")
    #expect(error == TraceError(.unsupportedFeature("features from bit 137438953440 on"), line: 6))
  }

  @Test("an offset where nothing is")
  func offset() {
    #expect(error("read 0x018") == TraceError(.notARegister(0x018), line: 2))
    #expect(error("read 0x101") == TraceError(.notAField(0x101, of: .block), line: 2))
    #expect(error("write 0x028 0x1000", "read 0x121") == TraceError(.notAField(0x121, of: .block), line: 3))
  }

  @Test(
    "registers of both Versions in one trace, wherever the second one is",
    arguments: [
      ([0x028, 0x070, 0x044], TraceError(.otherTransport(.queueReady, than: .guestPageSize, inLine: 2), line: 4)),
      ([0x0a0, 0x040], TraceError(.otherTransport(.queuePFN, than: .queueDeviceLow, inLine: 2), line: 3)),
      ([0x030, 0x03c, 0x0fc], TraceError(.otherTransport(.configGeneration, than: .queueAlign, inLine: 3), line: 4)),
    ])
  func versions(offsets: [Int], expected: TraceError) {
    let lines = offsets.map { "read 0x" + String($0, radix: 16) }.joined(separator: "\n")
    #expect(error(lines) == expected)
  }

  @Test("another device, until it is told what to take it for")
  func device() throws {
    let trace = try Trace(text: "# -device virtio-gpu-device")
    #expect(throws: TraceError(.unknownDevice("virtio-gpu-device"), line: 1)) { try Program(importing: trace) }
    let nameless = try Trace(text: "read 0x000")
    #expect(throws: TraceError(.noDevice, line: 1)) { try Program(importing: nameless) }
    #expect(try Program(importing: nameless, device: .entropy).header.device == .entropy)
  }

  @Test("part of an initialization, of which the driver would not know what it came to")
  func strayFeatures() {
    #expect(error("write 0x024 0x0", "write 0x020 0x1") == TraceError(.strayFeatures, line: 3))
    #expect(error("write 0x028 0x1000", "write 0x020 0x1") == TraceError(.strayFeatures, line: 3))
  }

  @Test("part of a queue's set-up, whose addresses would be those of another memory")
  func strayQueueSetUp() {
    #expect(error("write 0x030 0x0", "write 0x080 0x1000") == TraceError(.strayQueueSetUp(.queueDescLow), line: 3))
    #expect(error("write 0x03c 0x1000") == TraceError(.strayQueueSetUp(.queueAlign), line: 2))
    #expect(error("write 0x030 0x0", "write 0x040 0x10") == TraceError(.strayQueueSetUp(.queuePFN), line: 3))
  }

  @Test("queues that a program does not have")
  func queues() {
    #expect(error("write 0x050 0x4") == TraceError(.noSuchQueue(4, of: .block), line: 2))
    #expect(error("write 0x030 0x4", "write 0x040 0x0") == TraceError(.noSuchQueue(4, of: .block), line: 2))
    let addresses = ["080", "084", "090", "094", "0a0", "0a4"].map { "write 0x\($0) 0x0" }.joined(separator: "\n")
    #expect(
      error("write 0x030 0x1", "write 0x038 0x3ff", addresses, "write 0x044 0x1")
        == TraceError(.invalidQueueSize(queue: 1, size: 1023), line: 2))
    #expect(error("write 0x050 0x6", of: "virtio-net-device") == nil)
    let last = error("write 0x050 0x7", of: "virtio-net-device")
    #expect(last == TraceError(.noSuchQueue(7, of: .network), line: 2))
    #expect(last?.description.hasSuffix("a program's network device has queues 0 to 6") == true)
  }

  @Test(
    "legacy queues that a program has no room for",
    arguments: [
      (0, 8, 0x1000), (24, 8, 0x1000), (0x2_0000, 8, 0x1000), (0x1000, 12, 0x1000), (0x1000, 0x800, 0x1000),
      (0x1000, 8, 24), (0x1000, 8, 0x8000),
    ] as [(UInt32, UInt32, UInt32)])
  func legacyQueues(pageSize: UInt32, size: UInt32, align: UInt32) {
    func write(_ register: String, _ value: UInt32) -> String { "write \(register) 0x" + String(value, radix: 16) }
    #expect(
      error(
        write("0x028", pageSize), "write 0x030 0x0", write("0x038", size), write("0x03c", align), "write 0x040 0x10")
        == TraceError(.noRoom(queue: 0, size: size, align: align, pageSize: pageSize), line: 3))
  }

  @Test("more than a program holds")
  func length() {
    let lines = Array(repeating: "read 0x070", count: 513).joined(separator: "\n")
    #expect(error(lines) == TraceError(.tooManySteps, line: 514))
  }
}
