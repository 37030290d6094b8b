/// The addresses that steps number, with the lowest byte first on the wire.
public enum NetworkAddress {
  /// Number 0 is the one that the device is made with.
  @inlinable
  public static func unicast(_ number: UInt64) -> UInt64 { 0x5634_1200_5452 &+ (number & 0xff) << 40 }

  @inlinable
  public static func multicast(_ number: UInt64) -> UInt64 { 0x0000_005e_0001 | (number & 0xff) << 40 }

  /// Where frames come from.
  @inlinable
  public static func peer(_ number: UInt64) -> UInt64 { 0x0000_0000_0002 | (number & 0xff) << 40 }
}
