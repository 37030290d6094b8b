import VirtioHarness

/// QEMU's qtest protocol: accesses to physical addresses, and the inputs of an interrupt controller.
struct QTest: ~Copyable {
  private var lines: Lines
  /// Commands that were sent, or wait to be, and whose answers nobody waits for.
  private var postedCount = 0
  /// Which input of the controller is looked at.
  var line = -1
  /// The levels that it had, one after the other, since they were taken.
  private var levels: [Bool] = []

  init(_ descriptor: Int32) { lines = Lines(descriptor) }

  /// Reads 1, 2, 4 or 8 bytes as a number.
  mutating func read(_ address: UInt64, width: Int) throws(DeviceDeath) -> UInt64 {
    let answer = try ask("read\(Self.letter(width)) 0x\(String(address, radix: 16))")
    return answer.hasPrefix("0x") ? UInt64(answer.dropFirst(2), radix: 16) ?? 0 : 0
  }

  /// Writes them. Without `wait`, it is only sent with the next command.
  mutating func write(_ address: UInt64, width: Int, value: UInt64, wait: Bool) throws(DeviceDeath) {
    let mask = width == 8 ? UInt64.max : 1 << UInt64(8 * width) - 1
    let command =
      "write\(Self.letter(width)) 0x\(String(address, radix: 16)) 0x\(String(value & mask, radix: 16))"
    guard !wait else {
      _ = try ask(command)
      return
    }
    lines.put(command)
    postedCount += 1
  }

  /// Whether the controller of that path tells of its inputs from here on.
  mutating func intercept(_ path: String) throws(DeviceDeath) -> Bool {
    lines.put("irq_intercept_in \(path)")
    try lines.flush()
    return try lines.next().hasPrefix("OK")
  }

  mutating func takeLevels() -> [Bool] {
    defer { levels.removeAll() }
    return levels
  }

  var hasLevels: Bool { !levels.isEmpty }

  /// Sends what waits and a command, and gives what comes behind `OK ` of its answer.
  private mutating func ask(_ command: String) throws(DeviceDeath) -> String {
    lines.put(command)
    try lines.flush()
    postedCount += 1
    var answer = ""
    while postedCount > 0 {
      answer = try lines.next()
      if answer.hasPrefix("IRQ ") { note(answer) } else { postedCount -= 1 }
    }
    return String(answer.dropFirst(3))
  }

  /// `IRQ raise 47`, `IRQ lower 47`
  private mutating func note(_ event: String) {
    let words = event.split(separator: " ")
    guard words.count == 3, Int(words[2]) == line else { return }
    levels.append(words[1] == "raise")
  }

  private static func letter(_ width: Int) -> String {
    switch width {
    case 1: "b"
    case 2: "w"
    case 4: "l"
    default: "q"
    }
  }
}
