extension Program {
  /// The canonical bytes: decoding them gives this program again, if it is canonical itself.
  public func encode() -> [UInt8] {
    let size = Self.offset(ofStep: min(steps.count, Self.maxSteps))
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      // Sound: `size` bytes are there, and encoding writes as many as it says.
      count = encode(into: UnsafeMutableRawBufferPointer(buffer))
    }
  }

  /// Writes the canonical bytes, with as many whole steps as fit, and says how many bytes that were: 0 where not even
  /// the header fits.
  public func encode(into bytes: UnsafeMutableRawBufferPointer) -> Int {
    guard bytes.count >= Header.size else { return 0 }
    bytes.storeRecord(header.record, at: 0)
    let count = min(steps.count, Self.stepCount(inBytes: bytes.count))
    for index in 0..<count {
      bytes.storeRecord(steps[index].reduced().words, at: Self.offset(ofStep: index))
    }
    return Self.offset(ofStep: count)
  }
}
