import VirtioSpec

/// One port of a console device.
@usableFromInline
struct ConsolePort: ~Copyable {
  /// The most characters that wait for room in the guest; more are not taken.
  static let inputLimit = 4096

  /// Control messages that the guest has not been told yet: of each kind no more than one waits, so that a guest that
  /// never reads them does not fill memory.
  struct Messages: OptionSet {
    let rawValue: UInt8

    static let remove = Messages(rawValue: 1)
    static let add = Messages(rawValue: 2)
    static let console = Messages(rawValue: 4)
    static let name = Messages(rawValue: 8)
    static let resize = Messages(rawValue: 16)
    static let open = Messages(rawValue: 32)
  }

  /// There is such a port.
  @usableFromInline var isPresent = false
  /// An application of the host has it open.
  var isHostOpen = false
  /// The guest was told of it.
  var isAnnounced = false
  /// The guest has said that an application of its own has it open.
  var isGuestOpen = false
  var messages: Messages = []

  private var input = FixedArray<UInt8>(repeating: 0, count: inputLimit)
  private var first = 0
  private(set) var inputCount = 0

  init() {}

  /// The guest knows nothing of it any more, and has read what it will ever read.
  mutating func forgetGuest() {
    isAnnounced = false
    isGuestOpen = false
    messages = []
    inputCount = 0
  }

  /// Returns how many of the characters there was room for.
  mutating func take(_ bytes: RawSpan) -> Int {
    let count = min(bytes.byteCount, Self.inputLimit - inputCount)
    for index in 0..<count {
      input[(first + inputCount + index) % Self.inputLimit] = bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)
    }
    inputCount += count
    return count
  }

  /// Hands over the characters that came first, as many as there is room for in `part`, and at most `limit`.
  ///
  /// - Returns: how many those are.
  @usableFromInline
  mutating func give(_ part: inout InlineArray<64, UInt8>, limit: UInt64) -> Int {
    let count = min(part.count, inputCount, Int(min(limit, UInt64(part.count))))
    for index in 0..<count { part[index] = input[(first + index) % Self.inputLimit] }
    first = (first + count) % Self.inputLimit
    inputCount -= count
    return count
  }
}
