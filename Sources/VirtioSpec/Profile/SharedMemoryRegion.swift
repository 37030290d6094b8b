/// A region of memory that a device shares with the driver (section 2.10): not RAM, but part of the device.
public struct SharedMemoryRegion: Equatable, BitwiseCopyable, Sendable {
  /// What SHMSel selects it by.
  public var id: UInt32
  /// Where it is in the guest's physical addresses; the device's side chooses it.
  public var base: UInt64
  /// In bytes.
  public var length: UInt64

  public init(id: UInt32, base: UInt64, length: UInt64) {
    self.id = id
    self.base = base
    self.length = length
  }

  /// What a register that describes the selected region reads.
  @inlinable
  public func word(_ register: Register) -> UInt32 {
    switch register {
    case .shmLenLow: UInt32(truncatingIfNeeded: length)
    case .shmLenHigh: UInt32(truncatingIfNeeded: length >> 32)
    case .shmBaseLow: UInt32(truncatingIfNeeded: base)
    default: UInt32(truncatingIfNeeded: base >> 32)
    }
  }
}
