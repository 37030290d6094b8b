/// How much of a tree is read: any bytes are read in a time that their number bounds.
enum Limits {
  /// How many nodes lie within each other; the kernel of Linux reads as many.
  static let depth = 64
  /// Of all names on the way to a node, with the slashes, in bytes. Trees in use have about 100.
  static let pathLength = 1024
  /// How many steps it takes at most from a device to its interrupt controller.
  static let interruptParents = 2 * depth
  /// How many entries of `ranges` are compared with addresses, for all devices together.
  static let rangeEntries = 1 << 20
  /// How many cells a number or an interrupt specifier has. Buses in use have 3, controllers 4.
  static let cells: UInt32 = 16
}
