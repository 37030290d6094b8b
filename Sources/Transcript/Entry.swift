import VirtioOracle

/// One line of a transcript: something that happened in a run, or what the judge said of it, in the order of events.
public enum Entry: Sendable {
  /// A step of the program begins.
  case step(number: Int, text: String)
  /// What follows belongs to no step: the backend is released, the device is polled, and then reset.
  case behindLastStep
  case register(RegisterAccess)
  case memory(MemoryAccess)
  /// The interrupt line has a new level.
  case interrupt(Bool)
  /// From outside the guest, in words: what comes out of the device, or what is done to it.
  case host(String, isByDevice: Bool)
  /// From now on it is known what lies there in guest memory.
  case area(Places.Area)
  case finding(Finding)
  /// The driver broke one of its rules.
  case breach(DriverFault)
}

/// An access of the driver to a register or to the configuration space.
public struct RegisterAccess: Sendable {
  /// The specification's name, `Config+0x8`, or the offset of what is no register.
  public var name: String
  /// In bytes, from the device's base.
  public var offset: UInt32
  /// In bytes.
  public var width: Int
  public var value: UInt64
  public var isWrite: Bool
  /// The names of the bits of `value`, where they have names.
  public var meaning: String?
}

/// An access to guest memory.
public struct MemoryAccess: Sendable {
  /// The most bytes of one access that are kept.
  public static let byteLimit = 64

  public var isByDevice: Bool
  public var isWrite: Bool
  public var address: UInt64
  public var count: UInt64
  /// The first ones, ``byteLimit`` at most.
  public var bytes: [UInt8]
  /// What lies there: an entry of a ring, or a buffer.
  public var place: String?
  /// The memory said no: it is not all RAM.
  public var isRefused: Bool
}
