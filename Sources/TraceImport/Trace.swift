import VirtioSpec

/// The register accesses of a real driver, as a trace file holds them.
///
/// A line is `# comment`, `read OFFSET`, `write OFFSET VALUE` or `irq LEVEL`; numbers are hexadecimal, offsets count
/// from the device's base. A trace knows neither the width of an access, nor what a read returned, nor guest memory.
public struct Trace: Equatable, Sendable {
  /// One register access.
  public struct Access: Equatable, Sendable {
    /// From 1.
    public let line: Int
    public let offset: UInt32
    /// What was written; nil for a read.
    public let value: UInt32?
  }

  /// A level of the device's interrupt line.
  public struct Level: Equatable, Sendable {
    /// From 1.
    public let line: Int
    public let isRaised: Bool
  }

  /// A name that the recorder gave the device, in a comment: the word behind `-device`, up to its first comma.
  public struct DeviceName: Equatable, Sendable {
    public let line: Int
    public let name: String
  }

  /// In the order in which they were made.
  public private(set) var accesses: [Access] = []
  /// The levels that were recorded, also those that change nothing.
  public private(set) var levels: [Level] = []
  public private(set) var deviceName: DeviceName?
  /// Whose registers were accessed: the legacy ones if there is one among them that only those have, or else the modern
  /// ones.
  public var transport: Transport { witness?.transport ?? .modern }
  /// The first access to a register that only one transport has.
  private var witness: Witness?

  private struct Witness: Equatable {
    let line: Int
    let register: Register
    let transport: Transport
  }

  /// How often the interrupt line went up.
  public var interruptRises: Int {
    levels.indices.count { levels[$0].isRaised && ($0 == 0 || !levels[$0 - 1].isRaised) }
  }

  /// The trace that `text` holds. It is an error if the registers are those of more than one device.
  public init(text: String) throws(TraceError) {
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let number = index + 1
      if line.first == "#" {
        deviceName = deviceName ?? DeviceName(comment: line, line: number)
        continue
      }
      let words = line.split(whereSeparator: \.isWhitespace)
      switch (words.first, words.count) {
      case (nil, _): continue
      case ("read", 2):
        try append(Access(line: number, offset: try Self.number(words[1], line: number), value: nil))
      case ("write", 3):
        let value = try Self.number(words[2], line: number)
        try append(Access(line: number, offset: try Self.number(words[1], line: number), value: value))
      case ("irq", 2):
        let level = try Self.number(words[1], line: number)
        guard level <= 1 else { throw TraceError(.notALevel(String(words[1])), line: number) }
        levels.append(Level(line: number, isRaised: level == 1))
      default: throw TraceError(.notALine(String(line)), line: number)
      }
    }
  }

  private mutating func append(_ access: Access) throws(TraceError) {
    accesses.append(access)
    guard let register = Register(rawValue: access.offset), let transport = register.onlyTransport else { return }
    guard let witness else {
      witness = Witness(line: access.line, register: register, transport: transport)
      return
    }
    guard transport == witness.transport else {
      throw TraceError(.otherTransport(register, than: witness.register, inLine: witness.line), line: access.line)
    }
  }

  private static func number(_ word: Substring, line: Int) throws(TraceError) -> UInt32 {
    let digits = word.hasPrefix("0x") ? word.dropFirst(2) : word
    guard digits.allSatisfy(\.isHexDigit), let number = UInt32(digits, radix: 16) else {
      throw TraceError(.notANumber(String(word)), line: line)
    }
    return number
  }
}

extension Register {
  /// The transport that has this register, if no other one does.
  var onlyTransport: Transport? {
    let transports = Transport.allCases.filter { Register(rawValue, in: $0) != nil }
    return transports.count == 1 ? transports[0] : nil
  }
}

extension Trace.DeviceName {
  fileprivate init?(comment: Substring, line: Int) {
    let words = comment.split(whereSeparator: \.isWhitespace)
    guard let option = words.firstIndex(of: "-device"), option + 1 < words.count else { return nil }
    self.init(line: line, name: String(words[option + 1].prefix { $0 != "," }))
  }
}
