import VirtioProgram
import VirtioSpec

/// What a driver asks a block device for: bytes to read, and bytes that come back, however they are cut up.
struct BlockRequest: Equatable, CustomStringConvertible {
  enum Kind: CaseIterable {
    case read, write, flush, getID, writeZeroes, unknown
  }

  var kind: Kind
  var sector: UInt64
  /// Of data: 0 to 2.
  var sectors: UInt64
  /// Chooses what is written.
  var seed: UInt64

  /// The most sectors of one request: their bytes are one stretch of ``Pattern/noise``.
  static let maxSectors: UInt64 = 2

  /// Of data that the device reads, in bytes.
  var outgoing: UInt64 {
    switch kind {
    case .write: sectors * Block.sectorSize
    case .writeZeroes: UInt64(Block.segmentSize)
    case .read, .flush, .getID, .unknown: 0
    }
  }

  /// Of data that the device writes, in bytes.
  var incoming: UInt64 {
    switch kind {
    case .read: sectors * Block.sectorSize
    case .getID: UInt64(Block.idLength)
    case .write, .flush, .writeZeroes, .unknown: 0
    }
  }

  /// Of the header and the data behind it.
  var readable: UInt64 { UInt64(Block.headerSize) + outgoing }
  /// Of the data and the status behind it.
  var writable: UInt64 { incoming + 1 }

  var type: UInt32 {
    switch kind {
    case .read: Block.RequestType.read.rawValue
    case .write: Block.RequestType.write.rawValue
    case .flush: Block.RequestType.flush.rawValue
    case .getID: Block.RequestType.getID.rawValue
    case .writeZeroes: Block.RequestType.writeZeroes.rawValue
    case .unknown: 0x7fff
    }
  }

  /// The bytes of the header, and of the segment of a write-zeroes request behind it.
  var frame: [UInt8] {
    var bytes: [UInt8] = []
    func append(_ number: UInt64, _ count: UInt64) {
      for byte in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * byte))) }
    }
    append(UInt64(type), 8)
    append(sector, 8)
    guard kind == .writeZeroes else { return bytes }
    append(sector, 8)
    append(sectors, 8)
    return bytes
  }

  /// Whether the order of the two can be seen: requests that a device holds at the same time may end in any order.
  func isIndependent(of other: BlockRequest) -> Bool {
    guard kind == .write || kind == .writeZeroes || other.kind == .write || other.kind == .writeZeroes else {
      return true
    }
    return sector + sectors <= other.sector || other.sector + other.sectors <= sector
  }

  var description: String { "\(kind) sector=\(sector) sectors=\(sectors) seed=\(seed)" }
}

/// What came of requests: of each one the status and the data that came back, or nothing where it did not come back.
typealias BlockAnswers = [BlockAnswer?]

struct BlockAnswer: Equatable, CustomStringConvertible {
  var status: UInt8
  /// Only of a request that the device says it has served.
  var data: [UInt8]

  var description: String {
    let digest = data.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return "status \(status), \(data.count) bytes\(data.isEmpty ? "" : " (digest \(String(digest, radix: 16)))")"
  }
}
