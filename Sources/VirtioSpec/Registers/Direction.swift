/// Which accesses the register table grants the driver.
public enum Direction: Sendable {
  case readOnly, writeOnly, readWrite

  public var isReadable: Bool { self != .writeOnly }
  public var isWritable: Bool { self != .readOnly }
}
