/// The layout of a packed virtqueue's three areas (section 2.8), in bytes from the start of each area.
public enum PackedRing {
  /// The largest queue that the format allows.
  @inlinable public static var maxSize: UInt32 { 32768 }

  // Descriptor Area: the descriptor ring.
  @inlinable public static var descriptorAlignment: UInt64 { 16 }

  @inlinable
  public static func descriptorAreaSize(_ size: UInt32) -> UInt64 { UInt64(size) * PackedDescriptor.size }

  @inlinable
  public static func descriptor(_ slot: UInt32) -> UInt64 { UInt64(slot) * PackedDescriptor.size }

  // Driver Area and Device Area: an event suppression structure each, of `desc` and `flags` (section 2.8.14).
  @inlinable public static var eventAlignment: UInt64 { 4 }
  @inlinable public static var eventSize: UInt64 { 4 }
  /// Where the structure says which descriptor it is about: its offset in the low 15 bits, and ``wrapBit``.
  @inlinable public static var eventDescriptor: UInt64 { 0 }
  @inlinable public static var eventFlags: UInt64 { 2 }
  /// The wrap counter, beside an offset: `desc_event_wrap`, and `next_wrap` of notification data (section 2.9).
  @inlinable public static var wrapBit: UInt16 { 0x8000 }

  /// `RING_EVENT_FLAGS_ENABLE`
  @inlinable public static var eventsEnabled: UInt16 { 0 }
  /// `RING_EVENT_FLAGS_DISABLE`
  @inlinable public static var eventsDisabled: UInt16 { 1 }
  /// `RING_EVENT_FLAGS_DESC`, only with VIRTIO_F_EVENT_IDX.
  @inlinable public static var eventOfDescriptor: UInt16 { 2 }
  /// The bits of the flags that have a meaning; with both of them set they have none.
  @inlinable public static var eventFlagsMask: UInt16 { 3 }

  /// A packed queue has 1 to ``maxSize`` descriptors (section 2.8.10.1).
  @inlinable
  public static func isValidSize(_ size: UInt32) -> Bool { size != 0 && size <= maxSize }
}
