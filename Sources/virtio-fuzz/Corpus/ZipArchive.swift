/// An archive of files as they are, not compressed: the same files make the same bytes, on every machine.
struct ZipArchive {
  /// The format has two bytes for the number of entries.
  static let maxEntries = 65535

  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// Adds a file. All of them together are to be less than 4 GB.
  mutating func add(_ bytes: [UInt8], as name: String) {
    let offset = UInt32(body.count)
    var entry: [UInt8] = []
    // Version 1.0, no flags, stored, and midnight of the first day that the format knows: 1980-01-01.
    entry.append(0x000a as UInt16, 0, 0, 0, 0x0021)
    entry.append(Self.checksum(bytes), UInt32(bytes.count), UInt32(bytes.count))
    entry.append(UInt16(name.utf8.count), 0)
    body.append(0x0403_4b50 as UInt32)
    body += entry + name.utf8 + bytes

    directory.append(0x0201_4b50 as UInt32)
    directory.append(0x000a as UInt16)
    directory += entry
    // No comment, the first disk, no attributes.
    directory.append(0 as UInt16, 0, 0)
    directory.append(0 as UInt32, offset)
    directory += Array(name.utf8)
    count += 1
  }

  var bytes: [UInt8] {
    var end: [UInt8] = []
    end.append(0x0605_4b50 as UInt32)
    end.append(0 as UInt16, 0, UInt16(count), UInt16(count))
    end.append(UInt32(directory.count), UInt32(body.count))
    end.append(0 as UInt16)
    return body + directory + end
  }

  /// CRC-32 as in IEEE 802.3.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8 }
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0xedb8_8320 : 0) }
  }
}

extension [UInt8] {
  /// Adds numbers, little-endian.
  fileprivate mutating func append<Number: FixedWidthInteger>(_ numbers: Number...) {
    for number in numbers { Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) } }
  }
}
