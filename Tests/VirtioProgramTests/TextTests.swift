import Testing

@testable import VirtioProgram

@Suite("The text form")
struct TextTests {
  @Test("gives a program back as it was")
  func roundTrip() throws {
    for program in samplePrograms(perStyle: 50) {
      let text = program.text()
      #expect(try Program(text: text) == program)
      #expect(try Program(text: program.text(numbered: true)) == program)
      #expect(try Program(text: text).text() == text)
    }
  }

  @Test("gives any program back, also one of noise")
  func noise() throws {
    var random = ProgramRandom(seed: 4)
    for _ in 0..<100 {
      let program = Program(decoding: random.bytes(32 * 20))
      #expect(try Program(text: program.text()) == program)
    }
  }

  @Test("is short: what is 0 is left out")
  func canonical() {
    let program = Program(
      steps: [
        Step(.read), Step(.write, [.index: 0x70, .choice: 2, .value: 255]), Step(.read, [.index: 0x18]),
        Step(.publish, [.length: 512, .value: 3, .flags: 33, .fault: 1, .choice: 1]),
        Step(.fill, [.address: SymbolicAddress(.buffer, 3, offset: 16).rawValue, .value: 10, .length: 16]),
      ])
    #expect(
      program.text(numbered: true) == """
        virtio-program 1
        device block queues=1 queue-size=256 capacity=64 withheld=0x0 flags=none
        read  # 0
        write offset=Status width=4 value=0xff  # 1
        read offset=0x18  # 2
        publish request=write sector=3 length=512 flags=indirect+kick fault=loop  # 3
        fill address=buffer3+0x10 length=16 seed=0xa  # 4

        """)
  }

  @Test("may be written with comments, blank lines, any number base and any order")
  func free() throws {
    let program = try Program(
      text: """
        # a comment

        virtio-program 1   # another
        device entropy flags=none queue-size=0x10

          write value=10 width=4 offset=0x70
        """)
    #expect(program.header == Header(device: .entropy, sizeLog2: 4))
    #expect(program.steps == [Step(.write, [.index: 0x70, .choice: 2, .value: 10])])
  }

  @Test(
    "spells an address as its place and the distance from there",
    arguments: [
      ("auto", SymbolicAddress.automatic), ("buffer3+0x10", SymbolicAddress(.buffer, 3, offset: 16)),
      ("end1-0x4", SymbolicAddress(.regionEnd, 1, offset: -4)), ("top-0x10", SymbolicAddress(.top, offset: -16)),
      ("hole2", SymbolicAddress(.hole, 2)), ("0x1234", SymbolicAddress(.absolute, offset: 0x1234)),
      ("abs-0x1", SymbolicAddress(.absolute, offset: -1)), ("0x0", SymbolicAddress(.absolute)),
      ("abs-0x800000000000", SymbolicAddress(.absolute, offset: -1 << 47)),
      ("top+0x7fffffffffff", SymbolicAddress(.top, offset: 1 << 47 - 1)),
    ])
  func addresses(text: String, address: SymbolicAddress) {
    #expect(address.text == text)
    #expect(SymbolicAddress(text: text) == address)
  }

  @Test("reads an absolute address in both spellings")
  func absolute() {
    #expect(SymbolicAddress(text: "abs+0x1234") == SymbolicAddress(text: "0x1234"))
    #expect(SymbolicAddress(text: "4660") == SymbolicAddress(text: "0x1234"))
  }

  @Test(
    "knows no other addresses",
    arguments: [
      "", "buffer", "buffer64", "top1", "auto+0x1", "auto0", "hole8", "buffer1+", "buffer1x", "buffer1+-1", "nowhere1",
      "0x800000000000", "abs-0x800000000001", "buffer-1",
    ])
  func noAddress(text: String) {
    #expect(SymbolicAddress(text: text) == nil)
  }
}
