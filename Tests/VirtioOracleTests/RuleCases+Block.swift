import TestSupport
import VirtioSpec

extension RuleTests {
  /// A disk of 8 sectors behind a queue that is ready.
  private static func disk(_ lines: String, header: String = "", accept: String = "0xffffffffffffffff") -> String {
    """
    device block capacity=8 \(header)
    negotiate accept=\(accept)
    queue size=16
    status set=driver-ok
    \(lines)
    """
  }

  /// A legacy driver that looks at the cache mode, which it has set, between all that it writes.
  private static let legacyMode = """
    device block capacity=8 flags=legacy
    negotiate accept=0xffffffffffffffff
    write offset=0x120 width=1
    read offset=0x120 width=1
    write offset=DriverFeaturesSel width=4
    write offset=DriverFeatures width=4 value=0x800
    read offset=0x120 width=1
    status set=driver-ok
    read offset=0x120 width=1
    """

  /// The device offers VIRTIO_BLK_F_SECURE_ERASE, with all that it asks for. It supports none.
  static let offeringSecureErase: @Sendable (Border) -> Void = { border in
    border.offer(.blkSecureErase)
    let offers = border.profile
    border.profile = { profile in
      var config = ConfigBytes(count: Int(BlockConfig.layoutSize))
      for offset in 0..<UInt32(profile.config.count) { config[offset] = profile.config[offset] }
      config.store(8 as UInt32, at: BlockConfig.maxSecureEraseSectors)
      config.store(1 as UInt32, at: BlockConfig.maxSecureEraseSeg)
      profile.config = config
      offers(&profile)
    }
  }

  static let blockCases = [
    RuleCase(
      .blkDev05, "says that a write to a read-only disk went well",
      disk("publish request=write length=512 flags=kick", header: "flags=read-only")
    ) { $0.store = status(1, becomes: 0) },
    RuleCase(
      .blkDev05, "does not support writes to a read-only disk",
      disk("publish request=write length=512 flags=kick", header: "flags=read-only")
    ) { $0.store = status(1, becomes: 2) },
    RuleCase(.house12, "fails every read", disk("publish request=read length=512 flags=kick")) {
      $0.store = status(0, becomes: 1)
    },
    RuleCase(.house12, "does not support what it offers", disk("publish request=discard length=512 flags=kick")) {
      $0.store = status(0, becomes: 2)
    },
    RuleCase(
      .house12, "writes behind its end",
      disk("publish request=write sector=7 length=1024 flags=kick")
    ) { $0.store = status(1, becomes: 0) },
    RuleCase(
      .house12, "reads half a sector",
      disk("publish request=read length=256 flags=kick")
    ) { $0.store = status(1, becomes: 0) },
    RuleCase(
      .house12, "zeroes sectors behind its end",
      disk("publish request=write-zeroes sector=8 length=512 flags=kick")
    ) { $0.store = status(1, becomes: 0) },
    RuleCase(
      .house12, "discards what it should only read",
      disk("publish request=discard length=512 flags=kick", header: "flags=read-only")
    ) { $0.store = status(1, becomes: 0) },
    RuleCase(
      .blkDev06, "writes to a read-only disk, and says that it did not",
      disk(
        """
        publish request=read length=512 flags=kick
        publish request=write length=512 flags=kick
        publish request=read length=512 flags=kick
        """, header: "flags=read-only")
    ) { $0.store = data(from: 2) },
    RuleCase(
      .blkDev07, "zeroes although a flag is set that nobody knows",
      disk("publish request=write-zeroes length=512 flags=kick+reserved-flag")
    ) { $0.store = status(2, becomes: 0) },
    RuleCase(
      .blkDev07, "fails a discard where it should not know a flag",
      disk("publish request=discard length=512 flags=kick+reserved-flag")
    ) { $0.store = status(2, becomes: 1) },
    RuleCase(
      .blkDev07, "erases although a flag is set that nobody knows",
      disk("publish request=secure-erase length=512 flags=kick+reserved-flag"), keepIt: offeringSecureErase,
      breakIt: {
        offeringSecureErase($0)
        $0.store = status(2, becomes: 0)
      }),
    RuleCase(
      .blkDev08, "discards although it is to unmap",
      disk("publish request=discard length=512 flags=kick+unmap")
    ) { $0.store = status(2, becomes: 0) },
    RuleCase(
      .blkDev09, "forgets to zero",
      disk(
        """
        publish request=write length=512 flags=kick
        publish request=write-zeroes length=512 flags=kick+unmap
        publish request=read length=512 flags=kick
        """)
    ) { $0.store = data(from: 1) },
    RuleCase(
      .blkDev10, "resets zones that it does not have",
      disk("publish request=zone at=5 length=0 flags=kick")
    ) { $0.store = status(2, becomes: 0) },
    RuleCase(
      .blkDev12, "leaves the status as it is",
      disk("publish request=read length=512 flags=kick")
    ) { $0.store = { $1 == [0] ? nil : $1 } },
    RuleCase(
      .blkDev12, "answers as only a zoned disk does",
      disk("publish request=read length=512 flags=kick")
    ) { $0.store = status(0, becomes: 3) },
    RuleCase(
      .blkDev13, "mixes up two sectors of a request that is cut into many pieces",
      disk(
        """
        publish request=write sector=2 length=1024 segments=3 flags=kick+split-frame+indirect
        publish request=read sector=2 length=1024 segments=5 flags=kick
        """)
    ) { $0.store = data(from: 1) },
    RuleCase(
      .blkDev13, "reads something else the second time",
      disk("publish request=read length=512 flags=kick\npublish request=read length=512 flags=kick")
    ) { $0.store = data(from: 2) },
    RuleCase(
      .blkDev14, "has an id with something behind its end",
      disk("publish request=get-id flags=kick")
    ) { $0.store = { $1.count == 20 ? $1.dropLast() + [65] : $1 } },
    RuleCase(
      .blkDev14, "has another id each time",
      disk("publish request=get-id flags=kick\npublish request=get-id flags=kick")
    ) { border in
      var count: UInt8 = 64
      border.store = {
        guard $1.count == 20 else { return $1 }
        count += 1
        return [count] + $1.dropFirst()
      }
    },
    RuleCase(
      .blkDev32, "does a request that nobody knows", disk("publish request=unknown length=512 flags=kick")
    ) { $0.store = status(2, becomes: 0) },
    RuleCase(
      .blkDev32, "fails requests that it does not offer, rather than say so",
      disk("publish request=secure-erase length=512 flags=kick")
    ) { $0.store = status(2, becomes: 1) },
    RuleCase(
      .blkDev01, "counts its capacity in bytes", "device block capacity=8\nread offset=0x100 width=4"
    ) { $0.readConfig = { $0 == 0 ? 4096 : $2 } },
    RuleCase(
      .blkDev02, "offers to change the cache, but not to flush it", "device block\nnegotiate accept=0xffffffffffffffff"
    ) { $0.read = offer { $0 & ~(1 << 9) } },
    RuleCase(
      .blkDev03, "begins with a cache that cannot be flushed",
      disk("read-config field=11", accept: "0x100000800")
    ) { $0.readConfig = { $0 == 0x20 ? 1 : $2 } },
    RuleCase(
      .blkDev04, "has something in its padding", "device block\nread offset=0x121 width=1\nread offset=0x13b width=1"
    ) { $0.readConfig = { $0 == 0x3b ? 1 : $2 } },
    RuleCase(
      .blkDev11, "does not tell of a new capacity", disk("resize sectors=16\nservice")
    ) {
      $0.read = { $0 == .interruptStatus ? $1 & ~2 : $1 }
      $0.line = { _ in nil }
    },
    RuleCase(
      .blkDev15, "cannot be flushed", "device block\nnegotiate accept=0xffffffffffffffff"
    ) { $0.read = offer { $0 & ~(1 << 9 | 1 << 11) } },
    RuleCase(
      .blkDev17, "offers zones without having any", "device block\nnegotiate accept=0x100000000"
    ) { $0.read = offer { $0 | 1 << 17 } },
    RuleCase(
      .blkDev26, "offers to tell how worn it is, which it does not know",
      "device block withheld=0x8000\nnegotiate accept=0x100000000"
    ) { $0.read = offer { $0 | 1 << 15 } },
    RuleCase(
      .blkDev16, "offers zones by the legacy interface, which has no way to refuse them",
      "device block flags=legacy\nnegotiate accept=0x0"
    ) { $0.read = offer { $0 | 1 << 17 } },
    RuleCase(
      .blkDev27, "is at the end in a way that nobody knows", disk("publish request=get-lifetime length=6 flags=kick")
    ) { $0.store = { $1.count == 6 ? [4] + $1.dropFirst() : $1 } },
    RuleCase(
      .blkDev27, "is worn more than is possible", disk("publish request=get-lifetime length=6 flags=kick")
    ) { $0.store = { $1.count == 6 ? $1.dropLast(2) + [12, 0] : $1 } },
    RuleCase(
      .blkDev22, "caches what a driver writes that cannot flush",
      disk("publish request=write length=512 flags=kick", accept: "0x100000000")
    ) { $0.persists = { _, _ in false } },
    RuleCase(
      .blkDev22, "commits only the first sector of a write",
      disk("publish request=write length=1024 flags=kick", accept: "0x100000000")
    ) { $0.persists = { $1 == 1 } },
    RuleCase(
      .blkDev23, "caches what it is told to write through",
      disk("write offset=0x120 width=1\nread-config field=11\npublish request=write length=512 flags=kick")
    ) { $0.persists = { _, _ in false } },
    RuleCase(
      .blkDev24, "loses what it was told to flush",
      disk("publish request=write length=512 flags=kick\npublish request=flush flags=kick")
    ) { $0.persists = { _, _ in false } },
    RuleCase(
      .blkDev24, "flushes only one of two writes, in a packed ring",
      disk(
        """
        publish request=write length=512 flags=kick
        publish request=write sector=2 length=512 flags=kick
        publish request=flush flags=kick
        """, header: "flags=packed")
    ) { $0.persists = { sector, _ in sector != 2 } },
    RuleCase(
      .blkDev28, "goes back to another cache mode when it is started, which the driver has set", legacyMode
    ) { border in
      border.readConfig = { [unowned border] in $0 == 0x20 && border.status & 4 != 0 ? 1 : $2 }
    },
    RuleCase(.blkDev29, "begins with another cache mode for each driver that cannot flush", legacyMode) { border in
      var writes = 0
      border.write = {
        if $0 == .driverFeatures { writes += 1 }
        return $1
      }
      border.readConfig = { $0 == 0x20 && writes > 2 ? 1 : $2 }
    },
    RuleCase(
      .blkDev21, "hides that it may unmap", "device block\nread offset=0x138 width=1",
      keepIt: { $0.readConfig = { $0 == 0x38 ? 7 : $2 } },
      breakIt: { $0.readConfig = { $0 == 0x38 ? 0 : $2 } }),
    RuleCase(
      .blkDev31, "has a queue too many",
      """
      device block
      write offset=QueueSel width=4 value=1
      read offset=QueueNumMax width=4
      """
    ) { border in border.read = { $0 == .queueNumMax && border.selected == 1 ? 256 : $1 } },
  ]

  static let entropyCases = [
    RuleCase(
      .rngDev01, "returns a buffer without a byte",
      "device entropy\nnegotiate accept=0x100000000\nqueue size=16\nstatus set=driver-ok\n"
        + "publish request=entropy length=64 flags=kick"
    ) { border in
      border.store = { border.isElement($0) ? [UInt8](repeating: 0, count: $1.count) : $1 }
    },
    RuleCase(
      .rngDev03, "has a second queue",
      "device entropy\nwrite offset=QueueSel width=4 value=1\nread offset=QueueNumMax width=4"
    ) { border in border.read = { $0 == .queueNumMax && border.selected == 1 ? 256 : $1 } },
    RuleCase(
      .rngDev04, "has features of its own", "device entropy\nnegotiate accept=0x100000000"
    ) { $0.read = offer { $0 | 1 } },
  ]

  /// A device whose status bytes of one kind become others.
  private static func status(_ old: UInt8, becomes new: UInt8) -> (UInt64, [UInt8]) -> [UInt8]? {
    { $1 == [old] ? [new] : $1 }
  }

  /// A device that changes a byte of its answers to reads, from the one with this number on.
  private static func data(from first: Int) -> (UInt64, [UInt8]) -> [UInt8]? {
    var number = 0
    return { _, bytes in
      guard bytes.count > 100 else { return bytes }
      number += 1
      return number < first ? bytes : [bytes[0] ^ 0x55] + bytes.dropFirst()
    }
  }

  /// A device that offers other features in the first word.
  private static func offer(_ change: @escaping (UInt32) -> UInt32) -> (Register, UInt32) -> UInt32 {
    var isFirst = true
    return { register, value in
      guard register == .deviceFeatures else { return value }
      defer { isFirst = false }
      return isFirst ? change(value) : value
    }
  }
}

extension Border {
  /// Whether an element of the used ring of queue 0 is at an address.
  fileprivate func isElement(_ address: UInt64) -> Bool {
    address &- queue.device &- 4 < UInt64(queue.size) * 8
  }
}
