/// What is wrong with a ring or a chain that the driver offered. Every one of them puts the device into
/// DEVICE_NEEDS_RESET: that is this device's policy, which the specification leaves to it (section 2.1.2).
public enum RingFault: Error, Sendable {
  /// The available index is ahead by more than the queue size. (HOUSE-01)
  case availableIndexJumped
  /// A head that is not below the queue size. (HOUSE-02)
  case headOutOfRange
  /// A next index that is not below the size of its table. (HOUSE-03)
  case nextOutOfRange
  /// More descriptors than the queue has, or than ``Chain/maxSegments``; every loop ends here. (HOUSE-03)
  case chainTooLong
  /// A list of a packed ring that goes on in a descriptor which is not available. (HOUSE-03)
  case listNotAvailable
  /// A readable descriptor behind a writable one. (HOUSE-04)
  case readableAfterWritable
  /// An indirect table that is empty or ragged, nested, in a list or followed by NEXT, or without the feature. (HOUSE-05)
  case badIndirectTable
  /// A ring, a table or a buffer that is not wholly in RAM. (HOUSE-06)
  case outsideRAM
  /// A head, or a Buffer ID, that the device holds already. (HOUSE-10)
  case headHeld
}
