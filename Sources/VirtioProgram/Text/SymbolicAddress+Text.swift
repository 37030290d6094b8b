extension SymbolicAddress {
  /// The address as the text form spells it: `buffer3+0x10`, `end1-0x4`, `top-0x10`, `auto`, `0x1234`.
  public var text: String {
    if place == .absolute, offset >= 0 { return hexadecimal(UInt64(offset)) }
    let name = place.count == 1 ? place.name : "\(place.name)\(number)"
    guard offset != 0 else { return name }
    return name + (offset < 0 ? "-" : "+") + hexadecimal(offset.magnitude)
  }

  /// The address that `text` spells, if it is one.
  public init?(text: some StringProtocol) {
    if let number = UInt64(spelling: text) {
      guard number <= UInt64(Self.maxOffset) else { return nil }
      self.init(.absolute, offset: Int64(number))
      return
    }
    let letters = text.prefix(while: \.isLetter)
    guard let place = Place.allCases.first(where: { $0.name == letters }) else { return nil }
    var rest = text.dropFirst(letters.count)
    let digits = rest.prefix(while: \.isNumber)
    rest = rest.dropFirst(digits.count)
    guard digits.isEmpty == (place.count == 1), let number = digits.isEmpty ? 0 : UInt64(spelling: digits),
      number < place.count
    else { return nil }
    guard let sign = rest.first else {
      self.init(place, UInt8(number))
      return
    }
    guard sign == "+" || sign == "-", place != .automatic, let distance = UInt64(spelling: rest.dropFirst()),
      distance <= UInt64(Self.maxOffset) + (sign == "-" ? 1 : 0)
    else { return nil }
    self.init(place, UInt8(number), offset: sign == "-" ? -Int64(distance) : Int64(distance))
  }

  private static let maxOffset: Int64 = 1 << 47 - 1

  /// What ``init(text:)`` takes, for an error.
  static var grammar: String {
    let places = Place.allCases.map { $0.count == 1 ? $0.name : "\($0.name)0–\($0.name)\($0.count - 1)" }
    return places.joined(separator: ", ") + ", with +0x… or -0x… below 2^47 behind it, or a number below 2^47"
  }
}
