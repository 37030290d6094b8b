/// The layout of a split virtqueue's three areas (section 2.7), in bytes from the start of each area.
public enum SplitRing {
  /// The largest queue that the format allows.
  @inlinable public static var maxSize: UInt32 { 32768 }

  // Descriptor Area: the descriptor table.
  @inlinable public static var descriptorAlignment: UInt64 { 16 }

  @inlinable
  public static func descriptorAreaSize(_ size: UInt32) -> UInt64 { UInt64(size) * Descriptor.size }

  // Driver Area: the available ring: flags, idx, ring[size], used_event.
  @inlinable public static var driverAlignment: UInt64 { 2 }
  @inlinable public static var availFlags: UInt64 { 0 }
  @inlinable public static var availIdx: UInt64 { 2 }

  @inlinable
  public static func availEntry(_ slot: UInt32) -> UInt64 { 4 + 2 * UInt64(slot) }

  @inlinable
  public static func usedEvent(_ size: UInt32) -> UInt64 { 4 + 2 * UInt64(size) }

  @inlinable
  public static func driverAreaSize(_ size: UInt32) -> UInt64 { 6 + 2 * UInt64(size) }

  // Device Area: the used ring: flags, idx, ring[size] of (id, len), avail_event.
  @inlinable public static var deviceAlignment: UInt64 { 4 }
  @inlinable public static var usedFlags: UInt64 { 0 }
  @inlinable public static var usedIdx: UInt64 { 2 }
  @inlinable public static var usedElementSize: UInt64 { 8 }

  @inlinable
  public static func usedElement(_ slot: UInt32) -> UInt64 { 4 + 8 * UInt64(slot) }

  @inlinable
  public static func availEvent(_ size: UInt32) -> UInt64 { 4 + 8 * UInt64(size) }

  @inlinable
  public static func deviceAreaSize(_ size: UInt32) -> UInt64 { 6 + 8 * UInt64(size) }

  /// `VIRTQ_AVAIL_F_NO_INTERRUPT`, in the available ring's flags.
  @inlinable public static var availNoInterrupt: UInt16 { 1 }
  /// `VIRTQ_USED_F_NO_NOTIFY`, in the used ring's flags.
  @inlinable public static var usedNoNotify: UInt16 { 1 }

  /// A split queue's size is a power of two from 1 to ``maxSize`` (section 2.7).
  @inlinable
  public static func isValidSize(_ size: UInt32) -> Bool {
    size != 0 && size <= maxSize && size & (size - 1) == 0
  }
}
