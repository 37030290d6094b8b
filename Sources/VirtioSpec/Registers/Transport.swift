/// Which layout of the registers a device has. The raw value is what `Version` reads.
public enum Transport: UInt32, CaseIterable, BitwiseCopyable, Sendable {
  /// Section 4.2.4, Legacy interface.
  case legacy = 1
  /// Section 4.2.2, MMIO Device Register Layout.
  case modern = 2

  /// The registers of this layout: bit `n` for offset `4 * n`.
  @inlinable var registers: UInt64 {
    switch self {
    case .legacy: 0x1311_f73f
    case .modern: 0x8001_fb33_1312_733f
    }
  }
}

extension Register {
  /// The register at an offset of a layout, if there is one.
  @inlinable @inline(__always)
  public init?(_ offset: UInt32, in transport: Transport) {
    guard offset < Register.configBase, transport.registers >> UInt64(offset / 4) & 1 != 0 else { return nil }
    self.init(rawValue: offset)
  }
}
