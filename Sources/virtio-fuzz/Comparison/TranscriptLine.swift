import Foundation

/// A line of a transcript in JSON, as `Transcript.JSONLines` writes it; what a kind of line has not is nil.
struct TranscriptLine: Decodable {
  let kind: String
  /// Of a step.
  let number: Int?
  /// Of a register.
  let name: String?
  let width: Int?
  let value: String?
  let isWrite: Bool?
  /// Of an access to memory, or of an area.
  let address: String?
  let count: UInt64?
  /// Hexadecimal digits of the first bytes.
  let bytes: String?
  let place: String?
  /// Whether there was no RAM.
  let isRefused: Bool?
  /// Of an access to memory, or of what comes out at the host.
  let isByDevice: Bool?
  /// Of an area.
  let area: String?
  let queue: Int?
  /// Of the interrupt line.
  let isActive: Bool?
  /// Of the host.
  let text: String?

  var addressNumber: UInt64? { address.flatMap { UInt64($0.dropFirst(2), radix: 16) } }

  var byteValues: [UInt8] {
    let digits = Array((bytes ?? "").utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
    }
  }
}
