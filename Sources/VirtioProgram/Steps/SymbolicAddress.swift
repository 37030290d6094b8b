/// A guest address as a step names it: a place that the driver knows, and an offset from there, so that the same step
/// makes sense under every memory map.
///
/// The raw value is the record's field: the place in bits 56–63, which one of them in bits 48–55, and a signed 48-bit
/// offset in bytes below.
public struct SymbolicAddress: RawRepresentable, Hashable, Sendable {
  /// What the offset counts from.
  public enum Place: UInt8, CaseIterable, Sendable {
    /// Wherever the step would put it by itself.
    case automatic
    /// Buffer number n, of ``bufferSize`` bytes.
    case buffer
    /// The Descriptor Area of queue n.
    case descriptors
    /// The Driver Area of queue n.
    case driverArea
    /// The Device Area of queue n.
    case deviceArea
    /// Indirect table number n.
    case table
    /// The first byte of region n.
    case regionStart
    /// The first byte behind region n.
    case regionEnd
    /// The middle of the hole behind region n.
    case hole
    /// 2^64: offsets are below zero, or wrap.
    case top
    /// Zero: the offset is the address.
    case absolute

    /// How a text form spells it.
    public var name: String {
      switch self {
      case .automatic: "auto"
      case .buffer: "buffer"
      case .descriptors: "desc"
      case .driverArea: "avail"
      case .deviceArea: "used"
      case .table: "table"
      case .regionStart: "start"
      case .regionEnd: "end"
      case .hole: "hole"
      case .top: "top"
      case .absolute: "abs"
      }
    }

    /// How many of them a step can name; 1 where a number says nothing.
    public var count: UInt8 {
      switch self {
      case .automatic, .top, .absolute: 1
      case .buffer: 64
      case .descriptors, .driverArea, .deviceArea: 4
      case .table: 8
      case .regionStart, .regionEnd, .hole: 8
      }
    }
  }

  /// The distance between two buffers that a step can name, in bytes.
  @inlinable public static var bufferSize: UInt64 { 256 }

  public let rawValue: UInt64

  /// The address with these bits; places and numbers that do not exist are brought into range.
  public init(reducing bits: UInt64) {
    let placeBits = UInt8(truncatingIfNeeded: bits >> 56)
    let place = Place(rawValue: placeBits) ?? Place(rawValue: placeBits % UInt8(Place.allCases.count))!
    let numberBits = UInt8(truncatingIfNeeded: bits >> 48)
    let number = numberBits < place.count ? numberBits : numberBits % place.count
    let offset = place == .automatic ? 0 : Int64(bitPattern: bits << 16) >> 16
    self.init(place, number, offset: offset)
  }

  public init?(rawValue: UInt64) {
    self.init(reducing: rawValue)
    guard self.rawValue == rawValue else { return nil }
  }

  public init(_ place: Place, _ number: UInt8 = 0, offset: Int64 = 0) {
    rawValue = UInt64(place.rawValue) << 56 | UInt64(number) << 48 | UInt64(bitPattern: offset) & 0xffff_ffff_ffff
  }

  public static let automatic = SymbolicAddress(.automatic)

  public var place: Place { Place(rawValue: UInt8(truncatingIfNeeded: rawValue >> 56))! }
  public var number: UInt8 { UInt8(truncatingIfNeeded: rawValue >> 48) }
  /// In bytes, from -2^47 to 2^47 - 1.
  public var offset: Int64 { Int64(bitPattern: rawValue << 16) >> 16 }
}
