import Testing

@testable import virtio_fuzz

/// Transcripts here are written by hand: no two devices at hand differ in these ways.
@Suite("Answers of two devices to a program")
struct DeviceAnswersTests {
  /// The rings of queue 0, of four entries: a split queue's, or those of a packed one.
  private static func rings(isPacked: Bool) -> [String] {
    let areas =
      isPacked
      ? [("descriptors", 0x1000, 64), ("driverEvents", 0x2000, 4), ("deviceEvents", 0x3000, 4)]
      : [("descriptors", 0x1000, 64), ("available", 0x2000, 14), ("used", 0x3000, 38)]
    return areas.map { kind, address, count in
      #"{"kind":"area","area":"\#(kind)","queue":0,"descriptor":0,"address":"0x\#(String(address, radix: 16))","#
        + #""count":\#(count)}"#
    }
  }

  private static func step(_ number: Int) -> String { #"{"kind":"step","number":\#(number),"text":"kick"}"# }

  private static func write(_ address: Int, _ bytes: String, place: String = "queue 0 used.ring[0]") -> String {
    #"{"kind":"memory","isByDevice":true,"isWrite":true,"address":"0x\#(String(address, radix: 16))","#
      + #""count":\#(bytes.count / 2),"bytes":"\#(bytes)","place":"\#(place)","isRefused":false}"#
  }

  private static func data(_ address: Int, _ bytes: String) -> String {
    write(address, bytes, place: "queue 0 buffer of descriptor 0, device-writable")
  }

  private static func read(_ name: String, _ value: String) -> String {
    #"{"kind":"register","name":"\#(name)","offset":0,"width":4,"value":"\#(value)","isWrite":false,"meaning":null}"#
  }

  private static let rise = #"{"kind":"interrupt","isActive":true}"#

  private static func out(_ text: String) -> String { #"{"kind":"host","text":"\#(text)","isByDevice":true}"# }

  /// A chain is returned: the element with its id and length, and then the index, or the descriptor of a packed queue.
  private static func complete(_ slot: Int, id: String, length: String, isPacked: Bool = false) -> [String] {
    isPacked
      ? [write(0x1008 + 16 * slot, "\(length)000000"), write(0x100c + 16 * slot, "\(id)008280")]
      : [
        write(0x3004 + 8 * slot, "\(id)000000\(length)000000"),
        write(0x3002, "0\(slot + 1)00", place: "queue 0 used.idx"),
      ]
  }

  private func differences(_ first: [String], _ second: [String]) throws -> [AllowedDifference] {
    let answers = try [first, second].map { try DeviceAnswers($0.map { $0[...] }) }
    return answers[0].differences(from: answers[1])
  }

  @Test("The same ones are not different, in whatever pieces memory is written")
  func same() throws {
    let one = Self.rings(isPacked: false) + [Self.step(0)] + Self.complete(0, id: "02", length: "08")
    let other =
      Self.rings(isPacked: false) + [Self.step(0), Self.write(0x3008, "08000000"), Self.write(0x3004, "02000000")]
      + [Self.write(0x3002, "0100")]
    #expect(try differences(one, other).isEmpty)
  }

  @Test("Used lengths, order, time and number of completions", arguments: [false, true])
  func completions(isPacked: Bool) throws {
    func run(_ step: Int, _ chains: [(id: String, length: String)]) -> [String] {
      Self.rings(isPacked: isPacked) + [Self.step(step)]
        + chains.enumerated().flatMap { Self.complete($0, id: $1.id, length: $1.length, isPacked: isPacked) }
    }
    let base = run(3, [("02", "08"), ("01", "08")])
    func only(_ other: [String]) throws -> AllowedDifference? {
      let all = try differences(base, other)
      return all.count == 1 ? all[0] : nil
    }
    let length = try #require(try only(run(3, [("02", "08"), ("01", "04")])))
    #expect(length.what == "used lengths" && length.step == 3)
    #expect((length.first, length.second) == ("8 bytes", "4 bytes"))
    let order = try #require(try only(run(3, [("01", "08"), ("02", "08")])))
    #expect((order.what, order.first, order.second) == ("order of completions", "id 2", "id 1"))
    let time = try #require(try only(run(5, [("02", "08"), ("01", "08")])))
    #expect((time.what, time.first, time.second) == ("timing of completions", "at step 3", "at step 5"))
    let number = try #require(try only(run(3, [("02", "08")])))
    #expect((number.what, number.first, number.second) == ("number of completions", "2 in queue 0", "1 in queue 0"))
  }

  @Test("Data in buffers, in whatever order it comes there")
  func data() throws {
    let base = [Self.step(1), Self.data(0x5000, "0102"), Self.data(0x5002, "0304")]
    #expect(try differences(base, [Self.step(1), Self.data(0x5002, "0304"), Self.data(0x5000, "0102")]).isEmpty)
    let other = try differences(base, [Self.step(1), Self.data(0x5000, "01020504")])
    #expect(other.map(\.what) == ["data in buffers"])
    #expect((other.first?.first, other.first?.second) == ("03 04", "05 04"))
    let none = try differences(base, [Self.step(1)])
    #expect(none.first?.second == "not written")
  }

  @Test("Interrupts, and what comes out")
  func interrupts() throws {
    let base = [Self.step(0), Self.rise, Self.step(1), Self.out("1 bytes come out")]
    let late = [Self.step(0), Self.step(1), Self.rise, Self.out("1 bytes come out")]
    #expect(try differences(base, late).map(\.what) == ["timing of interrupts"])
    let never = try differences(base, [Self.step(0), Self.step(1)])
    #expect(never.map(\.what) == ["number of interrupts", "what comes out"])
    #expect((never.last?.first, never.last?.second) == ("1 bytes come out, at step 1", "nothing more"))
  }

  @Test("Registers; and nothing is compared from where on the driver goes another way")
  func registers() throws {
    let base = [Self.step(0), Self.read("VendorID", "0x1"), Self.step(1), Self.read("Status", "0x0"), Self.rise]
    let other = [Self.step(0), Self.read("VendorID", "0x2"), Self.step(1), Self.read("QueueReady", "0x0")]
    let all = try differences(base, other)
    #expect(all.map(\.what) == ["register VendorID", "the driver's way, as a consequence"])
    #expect((all[0].first, all[0].second, all[0].step) == ("0x1", "0x2", 0))
    #expect((all[1].first, all[1].second) == ("read Status at step 1", "read QueueReady at step 1"))
    let config = try differences([Self.read("Config+0x8", "0x1")], [Self.read("Config+0x8", "0x2")])
    #expect(config.map(\.what) == ["configuration space"] && config[0].first == "0x1 at Config+0x8")
  }
}
