import Foundation
import VirtioProgram
import VirtioSpec

/// The program that a process was at when it ended. Where it ended by itself, such as a device that calls `_exit`, nothing else
/// is left of it.
struct LastInput {
  let step: UInt64
  let bytes: [UInt8]

  /// Nil where a process had come to the end of its last program, or keeps no statistics in this folder.
  init?(ofProcess identifier: Int32, in folder: URL) {
    guard let data = try? Data(contentsOf: folder.appending(path: "\(identifier).stats")) else { return nil }
    let sizeWord = Statistics.firstClause + 3 * ClauseID.count
    func word(_ index: Int) -> UInt64? {
      guard data.count >= 8 * (index + 1) else { return nil }
      return data.withUnsafeBytes {
        UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
      }
    }
    guard let step = word(Statistics.step), step != Statistics.finished, let size = word(sizeWord),
      case let start = 8 * (sizeWord + 1), size <= UInt64(data.count - start)
    else { return nil }
    self.step = step
    bytes = [UInt8](data[start..<start + Int(size)])
  }
}
