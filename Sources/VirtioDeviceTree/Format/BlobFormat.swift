/// Numbers of the flattened format (Devicetree Specification, chapter 5). All of its words are big-endian.
enum BlobFormat {
  static let magic: UInt32 = 0xd00d_feed
  static let version: UInt32 = 17
  /// `last_comp_version`: the oldest version that a reader of version 17 understands, and that understands it.
  static let lastCompatibleVersion: UInt32 = 16
  /// `struct fdt_header`, in bytes.
  static let headerSize = 40
  /// `struct fdt_reserve_entry`, address and size, in bytes; the list ends with one of zeros.
  static let reservationSize = 16

  /// What a piece of the structure block begins with.
  enum Token: UInt32 {
    /// `FDT_BEGIN_NODE`
    case beginNode = 1
    /// `FDT_END_NODE`
    case endNode = 2
    /// `FDT_PROP`
    case property = 3
    /// `FDT_NOP`
    case nop = 4
    /// `FDT_END`
    case end = 9
  }

  /// The offset of the next word that begins at `offset` or behind it.
  static func aligned(_ offset: Int) -> Int { (offset + 3) & ~3 }
}
