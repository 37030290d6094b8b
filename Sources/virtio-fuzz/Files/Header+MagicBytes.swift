import VirtioProgram

extension Header {
  /// The first four bytes of a program.
  static var magicBytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: magic >> (8 * $0)) } }
}
