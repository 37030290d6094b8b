// The words that fields of steps are made of. A word's raw value is its number in the format: append only.

/// A set of words that a `choice` field takes one of.
public protocol Word: RawRepresentable<UInt8>, CaseIterable, Sendable {
  /// How a text form spells it.
  var name: String { get }
}

extension Word {
  static var names: [String] { allCases.map(\.name) }
}

/// What `fill` writes.
public enum Pattern: UInt8, Word {
  case zero, ones, ramp, noise

  public var name: String { "\(self)" }
}

/// What a block request asks for; an entropy queue takes every request as one for random bytes.
public enum Request: UInt8, Word {
  case read, write, flush, getID, discard, writeZeroes, unknown, entropy
  /// One of the requests for zones; the step's `at` says which.
  case zone
  case secureErase, getLifetime
  /// Of a console, on a queue for control messages: what the driver says of the port that the step's `sector` names. A queue for
  /// characters takes every request as one for, or with, so many of them.
  case deviceReady, portReady, portOpen
  /// The same, with 0: not any more.
  case deviceFailed, portFailed, portClose
  /// A control message that means nothing: the step's `at` is its event, or of a network device its class, and then its `sector`
  /// the command.
  case control
  /// Of a network device, on a queue for transmission: a frame to an address of this kind, which the step's `at` numbers. The
  /// step's `sector` has the seed of its bytes in bits 0–15, its tag in bits 16–27, and what `csum_start` and `csum_offset`
  /// hold in bits 32–47 and 48–63. What is left for the device to do is in bits 28–31, for these: 1 and 2 the checksum of UDP
  /// over IPv4 and IPv6, 14 and 15 that of TCP; 3 to 6 segments of TCP over IPv4, with ECN, over IPv6, with ECN; then the
  /// fields are `gso_size` and `hdr_len`, unless they are 0. 7 is a checksum where the fields say, 8 a `hdr_len` alone. 9 to 13
  /// are what a driver must not ask for: segments without a checksum, without a size, of a kind that is not agreed upon, and
  /// `VIRTIO_NET_HDR_F_DATA_VALID`. The `seed` of a frame that comes in has the same bits.
  case unicast, multicast, broadcast
  /// On its control queue: a receive mode, on where the step's `sector` is odd.
  case promiscuous, allMulticast, allUnicast, noMulticast, noUnicast, noBroadcast
  /// As many unicast addresses as bits 0–7 of `sector` say, and multicast ones as bits 8–15 do, from number `at` on.
  case addressTable
  /// Unicast address number `at`.
  case setAddress
  /// The tag that `sector` says.
  case addTag, deleteTag
  case acknowledgeAnnouncement
  /// As many pairs of queues as `sector` says.
  case queuePairs
  /// `sector` has a bit for each.
  case offloads

  public var name: String {
    switch self {
    case .read: "read"
    case .write: "write"
    case .flush: "flush"
    case .getID: "get-id"
    case .discard: "discard"
    case .writeZeroes: "write-zeroes"
    case .unknown: "unknown"
    case .entropy: "entropy"
    case .zone: "zone"
    case .secureErase: "secure-erase"
    case .getLifetime: "get-lifetime"
    case .deviceReady: "device-ready"
    case .portReady: "port-ready"
    case .portOpen: "port-open"
    case .deviceFailed: "device-failed"
    case .portFailed: "port-failed"
    case .portClose: "port-close"
    case .control: "control"
    case .unicast: "unicast"
    case .multicast: "multicast"
    case .broadcast: "broadcast"
    case .promiscuous: "promiscuous"
    case .allMulticast: "all-multicast"
    case .allUnicast: "all-unicast"
    case .noMulticast: "no-multicast"
    case .noUnicast: "no-unicast"
    case .noBroadcast: "no-broadcast"
    case .addressTable: "address-table"
    case .setAddress: "set-address"
    case .addTag: "add-tag"
    case .deleteTag: "delete-tag"
    case .acknowledgeAnnouncement: "acknowledge-announcement"
    case .queuePairs: "queue-pairs"
    case .offloads: "offloads"
    }
  }
}

/// What happens to a port of a console, outside the guest.
public enum PortChange: UInt8, Word {
  /// There is such a port now, or none any more.
  case add, remove
  /// An application of the host opens it, or closes it.
  case open, close

  public var name: String { "\(self)" }
}

/// What happens to the link of a network device.
public enum LinkChange: UInt8, Word {
  case up, down
  /// The guest is asked to make itself known in its network.
  case announce
  /// From here on what goes out comes back in, or there is somebody else again.
  case loop, peer

  public var name: String { "\(self)" }
}

/// Which kind of address a frame is for; there are so many of each as a step can number.
public enum Destination: UInt8, Word {
  /// Number 0 is the device's own.
  case unicast
  case multicast, broadcast

  public var name: String { "\(self)" }
}

/// What is wrong with a chain that `publish` makes. In a packed ring, which has no heads, no next indices and no index of
/// its own, some of them are: `loop` and `nextOutOfRange` a list that goes on behind its last descriptor,
/// `headOutOfRange` a Buffer ID behind the last descriptor's number, `repeatedHead` one that two lists have, `indexJump`
/// and `indexBack` descriptors that are passed over, or written again.
public enum ChainFault: UInt8, Word {
  case none, loop, nextOutOfRange, readableAfterWritable, zeroLength, hugeLength, hole, regionEnd, border, top
  case nestedIndirect, raggedIndirect, emptyIndirect, indirectAndNext, longIndirect, headOutOfRange, repeatedHead
  case indexJump, indexBack, shortHeader, noStatus, raggedLength
  // Only in packed rings.
  /// The first descriptor is available by the other wrap counter.
  case wrongWrap
  /// One of the descriptors behind the first is not available.
  case unavailableMiddle
  /// The list has all the free descriptors, and goes on.
  case endlessList
  /// Flags and Buffer IDs in an indirect table that mean nothing there.
  case junkInTable

  /// How many of them have a meaning in split rings: the first ones.
  static let splitCount = UInt64(wrongWrap.rawValue)

  public var name: String {
    switch self {
    case .none: "none"
    case .loop: "loop"
    case .nextOutOfRange: "next-out-of-range"
    case .readableAfterWritable: "readable-after-writable"
    case .zeroLength: "zero-length"
    case .hugeLength: "huge-length"
    case .hole: "hole"
    case .regionEnd: "region-end"
    case .border: "border"
    case .top: "top"
    case .nestedIndirect: "nested-indirect"
    case .raggedIndirect: "ragged-indirect"
    case .emptyIndirect: "empty-indirect"
    case .indirectAndNext: "indirect-and-next"
    case .longIndirect: "long-indirect"
    case .headOutOfRange: "head-out-of-range"
    case .repeatedHead: "repeated-head"
    case .indexJump: "index-jump"
    case .indexBack: "index-back"
    case .shortHeader: "short-header"
    case .noStatus: "no-status"
    case .raggedLength: "ragged-length"
    case .wrongWrap: "wrong-wrap"
    case .unavailableMiddle: "unavailable-middle"
    case .endlessList: "endless-list"
    case .junkInTable: "junk-in-table"
    }
  }
}

/// What is wrong with the areas that `queue` sets up.
public enum QueueFault: UInt8, Word {
  case none, unaligned, hole, regionEnd, top
  /// The descriptors begin in front of a region, and end in it.
  case regionStart

  public var name: String {
    switch self {
    case .none: "none"
    case .unaligned: "unaligned"
    case .hole: "hole"
    case .regionEnd: "region-end"
    case .top: "top"
    case .regionStart: "region-start"
    }
  }
}

/// What `service` writes to InterruptACK.
public enum Acknowledgement: UInt8, Word {
  /// What InterruptStatus read, before the rings are looked at (what Linux does).
  case seen
  /// What InterruptStatus read, after the rings were looked at (what the chapter asks for).
  case late
  /// Bit 0 only.
  case usedBuffer
  /// Bit 1 only.
  case configuration
  /// Nothing is written.
  case none
  /// All 32 bits.
  case everything

  public var name: String {
    switch self {
    case .seen: "seen"
    case .late: "late"
    case .usedBuffer: "used-buffer"
    case .configuration: "configuration"
    case .none: "none"
    case .everything: "everything"
    }
  }
}

/// How `suppress` asks for fewer or more notifications.
public enum Suppression: UInt8, Word {
  /// `avail.flags` 0, or RING_EVENT_FLAGS_ENABLE
  case wanted
  /// `avail.flags` 1, or RING_EVENT_FLAGS_DISABLE
  case unwanted
  /// `used_event`, or the descriptor of RING_EVENT_FLAGS_DESC, so many elements ahead of those that the driver has seen.
  case event

  public var name: String { "\(self)" }
}

/// How the device's backend behaves from now on.
public enum BackendMode: UInt8, Word {
  /// Requests end inside the notification.
  case immediate
  /// Requests end at the next poll, in order.
  case deferred
  /// Requests end at the next poll, the last one first.
  case reversed
  /// Requests do not end until the mode changes.
  case stalled
  /// Requests end at once, without success.
  case failing

  public var name: String { "\(self)" }
}

/// A set of flags that a `flags` field takes.
public protocol FlagWord: OptionSet, Sendable where RawValue == UInt16 {
  /// How a text form spells bit 0, bit 1, …
  static var names: [String] { get }
}

public struct NegotiateFlags: FlagWord {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Does not reset the device first.
  @inlinable public static var noReset: NegotiateFlags { NegotiateFlags(rawValue: 1) }
  /// Goes on without ACKNOWLEDGE.
  @inlinable public static var noAcknowledge: NegotiateFlags { NegotiateFlags(rawValue: 2) }
  /// Goes on without DRIVER.
  @inlinable public static var noDriver: NegotiateFlags { NegotiateFlags(rawValue: 4) }
  /// Stops before FEATURES_OK.
  @inlinable public static var noFeaturesOK: NegotiateFlags { NegotiateFlags(rawValue: 8) }
  /// Writes the high feature word first.
  @inlinable public static var highFirst: NegotiateFlags { NegotiateFlags(rawValue: 16) }
  /// Begins with MagicValue, Version, DeviceID and VendorID.
  @inlinable public static var identify: NegotiateFlags { NegotiateFlags(rawValue: 32) }

  public static let names = ["no-reset", "no-acknowledge", "no-driver", "no-features-ok", "high-first", "identify"]
}

/// What `status` adds to the status written so far.
public struct StatusFlags: FlagWord {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// How many bits of register Status can be named.
  @inlinable static var bitCount: Int { 6 }

  /// The bit of register Status that the name at `index` stands for.
  @inlinable
  static func bit(_ index: Int) -> UInt32 { index < 4 ? 1 << UInt32(index) : 1 << UInt32(index + 2) }

  public static let names = ["acknowledge", "driver", "driver-ok", "features-ok", "needs-reset", "failed"]
  @inlinable public static var driverOK: StatusFlags { StatusFlags(rawValue: 4) }
}

public struct QueueFlags: FlagWord {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Leaves the memory of the areas as it is.
  @inlinable public static var keepMemory: QueueFlags { QueueFlags(rawValue: 1) }
  /// Stops before QueueReady.
  @inlinable public static var notReady: QueueFlags { QueueFlags(rawValue: 2) }
  /// Writes the high half of each address first.
  @inlinable public static var highFirst: QueueFlags { QueueFlags(rawValue: 4) }
  /// Does not write QueueNum.
  @inlinable public static var noSize: QueueFlags { QueueFlags(rawValue: 8) }
  /// Does not write where an area is.
  @inlinable public static var noDescriptorArea: QueueFlags { QueueFlags(rawValue: 16) }
  @inlinable public static var noDriverArea: QueueFlags { QueueFlags(rawValue: 32) }
  @inlinable public static var noDeviceArea: QueueFlags { QueueFlags(rawValue: 64) }

  public static let names = [
    "keep-memory", "not-ready", "high-first", "no-size", "no-descriptor-area", "no-driver-area", "no-device-area",
  ]
}

public struct PublishFlags: FlagWord {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The whole chain is in an indirect table.
  @inlinable public static var indirect: PublishFlags { PublishFlags(rawValue: 1) }
  /// The first descriptor is direct, the rest in an indirect table.
  @inlinable public static var indirectTail: PublishFlags { PublishFlags(rawValue: 2) }
  /// Sets WRITE on the descriptor that refers to the table, which a device ignores.
  @inlinable public static var indirectWrite: PublishFlags { PublishFlags(rawValue: 4) }
  /// The request's header and status are cut into two descriptors each.
  @inlinable public static var splitFrame: PublishFlags { PublishFlags(rawValue: 8) }
  /// Does not move avail.idx: the chains are there, but not available yet.
  @inlinable public static var noIndex: PublishFlags { PublishFlags(rawValue: 16) }
  /// Notifies the device after it, as `kick` does.
  @inlinable public static var kick: PublishFlags { PublishFlags(rawValue: 32) }
  /// Sets the unmap flag of a discard or write-zeroes segment.
  @inlinable public static var unmap: PublishFlags { PublishFlags(rawValue: 64) }
  /// Notifies the device after it, if the device asks for that in its part of the ring.
  @inlinable public static var kickIfAsked: PublishFlags { PublishFlags(rawValue: 128) }
  /// Sets a flag of a discard or write-zeroes segment, or of the header of a frame, that has no meaning.
  @inlinable public static var reservedFlag: PublishFlags { PublishFlags(rawValue: 256) }
  /// Sets num_buffers in the header of a frame.
  @inlinable public static var bufferCount: PublishFlags { PublishFlags(rawValue: 512) }
  /// What the request itself counts, sectors of a segment or entries of a table, is as much as the field can hold.
  @inlinable public static var hugeCount: PublishFlags { PublishFlags(rawValue: 1024) }

  public static let names = [
    "indirect", "indirect-tail", "indirect-write", "split-frame", "no-index", "kick", "unmap", "kick-if-asked",
    "reserved-flag", "buffer-count", "huge-count",
  ]
}

public struct ReadConfigFlags: FlagWord {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Without ConfigGeneration before and after.
  @inlinable public static var noGeneration: ReadConfigFlags { ReadConfigFlags(rawValue: 1) }

  public static let names = ["no-generation"]
}

/// The flags of a raw descriptor.
public struct DescriptorFlags: FlagWord {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  public static let names = ["next", "write", "indirect", "bit3", "bit4", "bit5", "bit6", "bit7"]
}
