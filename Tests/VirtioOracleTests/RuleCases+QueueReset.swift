import TestSupport
import VirtioSpec

extension RuleTests {
  private static let up = """
    device block queues=2
    negotiate accept=0xffffffffffffffff
    queue size=16
    queue queue=1 size=16
    status set=driver-ok
    publish length=512 flags=kick
    service

    """

  /// Tells whether queue 0 was reset in this life of the device.
  private static func noting(_ wasReset: Box<Bool>, _ border: Border) {
    border.switchedOn = { wasReset.value = false }
    border.write = { [unowned border] register, value in
      if register == .status && value == 0 { wasReset.value = false }
      if register == .queueReset && border.selected == 0 { wasReset.value = true }
      return value
    }
  }

  static let queueResetCases = [
    RuleCase(.ringresetDev01, "looks into a queue that was reset", up + "queue-reset\nkick\nservice") { border in
      let wasReset = Box(false)
      noting(wasReset, border)
      border.besides = { [unowned border] in
        wasReset.value ? [.read(border.queue.driver + SplitRing.availIdx, width: 2)] : []
      }
    },
    RuleCase(
      .ringresetDev02, "notifies of a queue that was reset",
      up.replacing("publish length=512 flags=kick\nservice\n", with: "")
        + "queue-reset\nread offset=InterruptStatus width=4"
    ) { border in
      let wasReset = Box(false)
      noting(wasReset, border)
      border.read = { $0 == .interruptStatus && wasReset.value ? $1 | 1 : $1 }
    },
    RuleCase(
      .ringresetDev03, "goes on in the used ring where it was",
      up + "queue-reset\nqueue size=16\npublish length=512 flags=kick\nservice"
    ) { border in
      let wasReset = Box(false)
      noting(wasReset, border)
      border.store = { [unowned border] address, bytes in
        wasReset.value && address == border.queue.device + SplitRing.usedIdx ? [bytes[0] + 1, bytes[1]] : bytes
      }
    },
    RuleCase(
      .ringresetDev04, "looks where the queue was before its reset",
      up + "queue-reset\nqueue size=8 region=2\npublish length=512 flags=kick\nservice"
    ) { border in
      let wasReset = Box(false)
      noting(wasReset, border)
      border.besides = { [unowned border] in
        // The queue was in the first region, behind a table of 16 descriptors.
        wasReset.value && border.queue.size == 8 ? [.read(0x1_0100 + SplitRing.availIdx, width: 2)] : []
      }
    },
    RuleCase(
      .ringresetDev05, "stops all queues with one", up + "queue-reset\npublish queue=1 length=512 flags=kick"
    ) { border in
      let wasReset = Box(false)
      noting(wasReset, border)
      let note = border.write
      border.write = { register, value in
        let heard = note(register, value)
        return register == .queueNotify && wasReset.value ? nil : heard
      }
    },
    RuleCase(
      .splitDev10, "claims too many bytes in a queue that started while another one was being reset",
      """
      device block queues=2
      negotiate accept=0xffffffffffffffff
      queue queue=1 size=16
      status set=driver-ok
      backend mode=stalled
      publish queue=1 length=512 flags=kick
      queue-reset queue=1
      queue size=16
      backend
      publish length=512 flags=kick
      service
      """
    ) { border in
      border.store = { [unowned border] address, bytes in
        address == border.queue.device + SplitRing.usedElement(0) ? Array(bytes.prefix(4)) + [0, 0, 1, 0] : bytes
      }
    },
  ]
}
