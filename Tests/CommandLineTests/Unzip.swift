import Testing

/// The files of an archive that are stored and not compressed, read from its directory as APPNOTE.TXT has it.
func unzipped(_ archive: [UInt8]) throws -> [(name: String, bytes: [UInt8])] {
  func number(_ offset: Int, _ width: Int) -> Int {
    archive[offset..<offset + width].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
  let end = archive.count - 22
  try #require(end >= 0 && number(end, 4) == 0x0605_4b50)
  var entry = number(end + 16, 4)
  try #require(entry + number(end + 12, 4) == end)
  return try (0..<number(end + 10, 2)).map { _ in
    try #require(number(entry, 4) == 0x0201_4b50 && number(entry + 10, 2) == 0)
    let (size, nameSize, local) = (number(entry + 24, 4), number(entry + 28, 2), number(entry + 42, 4))
    try #require(number(local, 4) == 0x0403_4b50 && number(local + 26, 2) == nameSize)
    let name = String(decoding: archive[entry + 46..<entry + 46 + nameSize], as: UTF8.self)
    let start = local + 30 + nameSize
    let bytes = Array(archive[start..<start + size])
    try #require(number(entry + 16, 4) == Int(checksum(bytes)) && number(local + 14, 4) == Int(checksum(bytes)))
    entry += 46 + nameSize
    return (name, bytes)
  }
}

/// CRC-32, bit by bit.
func checksum(_ bytes: [UInt8]) -> UInt32 {
  var sum = ~UInt32(0)
  for byte in bytes {
    sum ^= UInt32(byte)
    for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xedb8_8320 : 0) }
  }
  return ~sum
}
