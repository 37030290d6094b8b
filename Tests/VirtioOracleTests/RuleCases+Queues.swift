import TestSupport
import VirtioSpec

extension RuleTests {
  private static let enabled = """
    device block
    negotiate accept=0xffffffffffffffff
    queue size=16
    """
  private static let live = enabled + "\nstatus set=driver-ok\npublish length=512 flags=kick"

  static let queueCases = [
    RuleCase(.mmioReg19, "does not turn a queue on", enabled + "\nread offset=QueueReady width=4") {
      $0.read = { $0 == .queueReady ? 0 : $1 }
    },
    RuleCase(
      .mmioDev07, "leaves a queue on when it is reset",
      enabled + "\nreset\nwrite offset=QueueSel width=4\nread offset=QueueReady width=4"
    ) { border in
      border.read = { [unowned border] in $0 == .queueReady && border.status == 0 ? 1 : $1 }
    },
    RuleCase(
      .mmioDev09, "looks at a queue that was never on",
      """
      device block
      negotiate accept=0xffffffffffffffff
      queue size=16 flags=not-ready
      status set=driver-ok
      publish length=512 flags=kick
      """
    ) { border in
      border.besides = { [unowned border] in
        border.status & 4 == 0 ? [] : [.read(border.queue.driver &+ SplitRing.availIdx, width: 2)]
      }
    },
    RuleCase(
      .mmioDev09, "looks at a queue that was never set up",
      """
      device block queues=2
      negotiate accept=0xffffffffffffffff
      queue size=16 flags=not-ready
      status set=driver-ok
      kick
      kick queue=1
      """
    ) { border in
      var isNotified = false
      border.write = { register, value in
        isNotified = register == .queueNotify && value == 1
        return value
      }
      border.besides = {
        defer { isNotified = false }
        return isNotified ? [.read(SplitRing.availIdx, width: 2)] : []
      }
    },
    RuleCase(.mmioDev10, "looks at a queue that was turned off", live + "\nservice\nstop\nkick") { border in
      var isStopped = false
      border.write = { register, value in
        if register == .queueReady { isStopped = value == 0 }
        return value
      }
      border.besides = { [unowned border] in
        isStopped ? [.read(border.queue.driver &+ SplitRing.availIdx, width: 2)] : []
      }
    },
    RuleCase(
      .mmioDev11, "is still at a queue reset behind its own",
      enabled + "\nqueue-reset\nreset\nwrite offset=QueueSel width=4\nread offset=QueueReset width=4"
    ) { border in
      border.read = { [unowned border] in $0 == .queueReset && border.status == 0 ? 1 : $1 }
    },
    RuleCase(
      .mmioDev12, "is at a queue reset when the queue is on", enabled + "\nread offset=QueueReset width=4"
    ) { $0.read = { $0 == .queueReset ? 1 : $1 } },
    RuleCase(.mmioDev13, "does not know of queue resets", enabled + "\nqueue-reset") {
      $0.write = { $0 == .queueReset ? nil : $1 }
    },
    RuleCase(
      .mmioDev14, "begins a queue reset again", enabled + "\nqueue-reset\nread offset=QueueReset width=4",
      keepIt: queueResetReads { $0 == 1 }, breakIt: queueResetReads { $0 == 2 }),
    RuleCase(
      .mmioDev15, "never ends a queue reset", enabled + "\nqueue-reset\npoll count=12\nread offset=QueueReset width=4",
      keepIt: queueResetReads { $0 == 1 }, breakIt: queueResetReads { $0 > 0 }),
    RuleCase(.mmioDev16, "leaves a queue on that it has reset", enabled + "\nqueue-reset") {
      var isReset = false
      $0.write = { register, value in
        if register == .queueReset { isReset = true }
        return value
      }
      $0.read = { $0 == .queueReady && isReset ? 1 : $1 }
    },
    RuleCase(
      .house07, "says that a queue is on which cannot be used",
      """
      device block
      negotiate accept=0xffffffffffffffff
      queue size=16 fault=unaligned
      read offset=QueueReady width=4
      """
    ) { border in
      border.read = { [unowned border] in $0 == .queueReady && border.queue.size != 0 ? 1 : $1 }
    },
    RuleCase(
      .resetDev03, "looks at its queues when it was reset",
      live + "\nservice\nreset\npoll\nstatus set=acknowledge"
    ) { border in
      border.besides = { [unowned border] in
        border.status != 0 || border.queue.size == 0
          ? [] : [.read(border.queue.driver &+ SplitRing.availIdx, width: 2)]
      }
    },
    RuleCase(
      .resetDev04, "goes on behind a reset with the index from before",
      live + "\nservice\nnegotiate accept=0xffffffffffffffff\nqueue size=16\nstatus set=driver-ok"
        + "\npublish length=512 flags=kick"
    ) { border in
      var resets = 0
      border.write = { register, value in
        if register == .status && value == 0 { resets += 1 }
        return value
      }
      border.store = { [unowned border] address, bytes in
        address == border.queue.device &+ SplitRing.usedIdx && resets > 1 ? [bytes[0] &+ 1, bytes[1]] : bytes
      }
    },
  ]

  /// A queue reset that shows 1 in the reads behind it that `shows` picks, the first one being 1.
  private static func queueResetReads(_ shows: @escaping @Sendable (Int) -> Bool) -> @Sendable (Border) -> Void {
    { border in
      var reads: Int?
      border.write = { [unowned border] register, value in
        if register == .queueReset { reads = 0 }
        if register == .status && value == 0 || border.status == 0 { reads = nil }
        return value
      }
      border.read = { register, value in
        guard register == .queueReset, let before = reads else { return value }
        reads = before + 1
        return shows(before + 1) ? 1 : 0
      }
    }
  }
}
