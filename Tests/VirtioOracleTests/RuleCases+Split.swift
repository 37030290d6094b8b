import TestSupport
import VirtioSpec

/// A running block device with a queue of 8 entries; without VIRTIO_F_EVENT_IDX unless `eventIdx`.
func running(_ steps: String, device: String = "block", eventIdx: Bool = false) -> String {
  """
  device \(device)
  negotiate accept=\(eventIdx ? "0xffffffffffffffff" : "0xffffffffdfffffff")
  queue size=8
  status set=driver-ok
  \(steps)
  """
}

extension Border {
  fileprivate func usedElement(_ slot: UInt64) -> UInt64 { queue.device + 4 + 8 * slot }
  fileprivate var usedIndex: UInt64 { queue.device + 2 }
}

extension RuleTests {
  private static let one = running("publish length=512 flags=kick\nservice")
  private static let two = running("publish count=2 length=512 flags=kick\nservice\npublish flags=kick\nservice")
  private static let held = running("backend mode=stalled\npublish length=512 flags=kick\npoll")
  private static let entropy = running("publish request=entropy length=64 flags=kick\nservice", device: "entropy")

  static let splitCases = [
    RuleCase(.splitDev03, "writes into the header of a request", held) { border in
      border.besides = { border.descriptors.first.map { [.write($0.address, [1])] } ?? [] }
    },
    RuleCase(.splitDev04, "reads the buffer that it is to write", held) { border in
      border.besides = { border.descriptors.dropFirst().first.map { [.read($0.address, width: 8)] } ?? [] }
    },
    RuleCase(.splitDev05, "writes into the descriptor table", one) { border in
      border.besides = { border.queue.descriptors == 0 ? [] : [.write(border.queue.descriptors, [0])] }
    },
    RuleCase(.splitDev06, "moves the index without an element", one) { border in
      border.store = { $0 == border.usedElement(0) ? nil : $1 }
    },
    RuleCase(.splitDev07, "claims bytes that it did not write", entropy) { border in
      border.store = { $0 &- border.queue.device < 0x100 ? $1 : nil }
    },
    RuleCase(.splitDev09, "returns a head that nobody made available", one) { border in
      border.store = { $0 == border.usedElement(0) ? [7] + $1.dropFirst() : $1 }
    },
    RuleCase(.splitDev10, "claims more bytes than the chain has room for", one) { border in
      border.store = { $0 == border.usedElement(0) ? Array($1.prefix(4)) + [0, 0, 1, 0] : $1 }
    },
    RuleCase(.splitDev11, "takes its index back", two) { border in
      border.store = { $0 == border.usedIndex && $1[0] == 3 ? [1, 0] : $1 }
    },
    RuleCase(.splitDev12, "puts the second element into the third slot", two) { border in
      border.redirect = { $0 == border.usedElement(1) ? border.usedElement(2) : $0 }
    },
    RuleCase(.splitDev13, "moves the index past what was available", one) { border in
      border.store = { $0 == border.usedIndex ? [$1[0] + 1, 0] : $1 }
    },
    RuleCase(.splitDev14, "writes into the available ring", one) { border in
      border.besides = { border.queue.driver == 0 ? [] : [.write(border.queue.driver + 4, [0])] }
    },
    RuleCase(
      .splitDev15, "has room for 65536 entries",
      "device block\nwrite offset=QueueSel width=4\nread offset=QueueNumMax width=4"
    ) {
      $0.read = { $0 == .queueNumMax ? 0x1_0000 : $1 }
    },
    RuleCase(.splitDev16, "writes behind its used ring", one) { border in
      border.besides = {
        border.status & 4 == 0 ? [] : [.write(border.queue.device + SplitRing.deviceAreaSize(8), [0])]
      }
    },
    RuleCase(.splitDev16, "writes an element that ends behind its used ring", one) { border in
      border.redirect = {
        $0 == border.usedElement(0) ? border.queue.device + SplitRing.deviceAreaSize(8) - 2 : $0
      }
    },
    RuleCase(.splitDev20, "keeps notes in used.flags", one) { border in
      border.besides = { border.status & 4 == 0 ? [] : [.write(border.queue.device, [2, 0])] }
    },
    RuleCase(
      .splitDev21, "gives up when it is notified of nothing",
      running("publish length=512 flags=kick\nservice\nkick\nread offset=Status width=4")
    ) { border in
      border.read = { $0 == .status && $1 & 4 != 0 ? $1 | 0x40 : $1 }
    },
    RuleCase(.mmioReg18, "does not hear of notifications", one) { $0.write = { $0 == .queueNotify ? nil : $1 } },
    RuleCase(
      .mmioReg18, "forgets what it did not ask to be notified of",
      running("publish length=512 flags=kick\nservice\npublish length=512 flags=kick-if-asked\npoll", eventIdx: true)
    ) { border in
      border.store = { $0 == border.queue.device + SplitRing.availEvent(8) ? [0x77, 0] : $1 }
    },
    RuleCase(
      .mmioReg18, "never asks to be notified of what follows the first",
      running("publish length=512 flags=kick\npublish length=512 flags=kick-if-asked\npoll\nservice", eventIdx: true)
    ) { border in
      border.store = { $0 == border.queue.device + SplitRing.availEvent(8) ? nil : $1 }
    },
  ]
}
