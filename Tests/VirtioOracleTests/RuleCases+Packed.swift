import TestSupport
import VirtioSpec

extension Border {
  func slot(_ number: UInt32) -> UInt64 { queue.descriptors + PackedRing.descriptor(number) }
  fileprivate func flags(_ number: UInt32) -> UInt64 { slot(number) + PackedDescriptor.flagsOffset }

  /// What the device is given for descriptors of the ring.
  fileprivate func givePacked(_ change: @escaping (inout PackedDescriptor) -> Void) {
    descriptor = {
      var descriptor = PackedDescriptor(littleEndian: $0.littleEndian)
      change(&descriptor)
      return Descriptor(littleEndian: descriptor.littleEndian)
    }
  }

  /// What the flags are that the device writes into any slot of the ring.
  fileprivate func storeFlags(_ change: @escaping (UInt8, UInt8) -> [UInt8]) {
    store = { [unowned self] address, bytes in
      let inside = address &- queue.descriptors
      guard inside < 0x80, inside % 16 == PackedDescriptor.flagsOffset else { return bytes }
      return change(bytes[0], bytes[1])
    }
  }
}

extension RuleTests {
  private static func packed(_ steps: String, eventIdx: Bool = true, size: Int = 8) -> String {
    running(steps, device: "block flags=packed", eventIdx: eventIdx).replacing(
      "queue size=8", with: "queue size=\(size)")
  }

  private static let one = packed("publish length=512 flags=kick\nservice")
  private static let two = packed("publish length=512 flags=kick\nservice\npublish request=flush flags=kick\nservice")
  private static let batch = packed("publish count=2 length=512 flags=kick\nservice")
  private static let laps = packed(
    "publish length=512 flags=kick\nservice\npublish length=512 flags=kick\nservice\npublish length=512 flags=kick",
    size: 3)
  private static let held = packed("backend mode=stalled\npublish length=512 flags=kick\npoll")
    .appending("\nbackend\npoll\nservice")
  private static let quiet: @Sendable (Border) -> Void = { $0.line = { $0 ? nil : false } }
  private static let loud: @Sendable (Border) -> Void = { border in
    border.lineBehind = { border.status & 4 != 0 && !border.descriptors.isEmpty ? true : nil }
  }

  static let packedCases = [
    RuleCase(
      .packedDev01, "begins with a list that it has not come to",
      packed("publish count=2 length=512 flags=indirect\nservice\nservice\nkick\nservice")
    ) { border in
      border.besides = {
        guard border.status & 4 != 0 else { return [] }
        guard let later = border.reread, later.length > 0 else { return [.read(border.slot(1), width: 16)] }
        return [.read(later.address, width: 4)]
      }
    },
    RuleCase(.packedDev02, "leaves out a used descriptor", batch) { border in
      border.store = { $0 &- border.slot(0) < PackedDescriptor.size ? nil : $1 }
    },
    RuleCase(.packedDev03, "writes into the header of a request", held) { border in
      border.besides = { border.descriptors.first.map { [.write($0.address, [1])] } ?? [] }
    },
    RuleCase(.packedDev04, "marks a descriptor as used that was never available", one) { border in
      border.besides = { border.status & 4 == 0 ? [] : [.write(border.flags(6), [0x80, 0x80])] }
    },
    RuleCase(.packedDev05, "corrects the length of a used descriptor", one) { border in
      var isUsed = false
      border.store = { address, bytes in
        if address == border.flags(0) { isUsed = true }
        return bytes
      }
      border.besides = {
        defer { isUsed = false }
        return isUsed ? [.write(border.slot(0) + PackedDescriptor.lengthOffset, [1, 0, 0, 0])] : []
      }
    },
    RuleCase(.packedDev06, "leaves AVAIL as it is not in a used descriptor", one) {
      $0.storeFlags { [$0 ^ 0x80, $1] }
    },
    RuleCase(.packedDev07, "does not turn its wrap counter over", laps) { $0.storeFlags { [$0 | 0x80, $1 | 0x80] } },
    RuleCase(.packedDev07, "begins with the wrong wrap counter", laps) { $0.storeFlags { [$0 ^ 0x80, $1 ^ 0x80] } },
    RuleCase(.packedDev08, "goes on right behind the used descriptor of a list", two) { border in
      border.redirect = { $0 &- border.slot(3) < PackedDescriptor.size ? $0 - 32 : $0 }
    },
    RuleCase(.packedDev09, "returns the Buffer ID of the first descriptor", one) { border in
      border.store = { $0 == border.slot(0) + PackedDescriptor.idOffset ? [~$1[0], ~$1[1]] : $1 }
    },
    RuleCase(.packedDev10, "does not say that it has written", one) { $0.storeFlags { [$0 & ~2, $1] } },
    RuleCase(.packedDev10, "says that it has written more than there is room for", one) { border in
      border.store = { $0 == border.slot(0) + PackedDescriptor.lengthOffset ? [0, 0, 1, 0] : $1 }
    },
    RuleCase(
      .packedDev12, "stops at the first entry of a table that has no NEXT",
      packed("publish length=512 flags=indirect+kick\nservice")
    ) {
      $0.givePacked { if $0.flags.contains(.indirect) { $0.length = UInt32(PackedDescriptor.size) } }
    },
    RuleCase(
      .packedDev12, "breaks at flags in a table that mean nothing",
      packed("backend mode=stalled\npublish length=512 flags=kick fault=junk-in-table\nread offset=Status width=4")
    ) { border in
      border.read = { $0 == .status && !border.descriptors.isEmpty ? $1 | 0x40 : $1 }
    },
    RuleCase(
      .packedDev13, "breaks at a table with WRITE",
      packed("publish length=512 flags=indirect+indirect-write+kick\nread offset=Status width=4")
    ) {
      $0.givePacked { if $0.flags.isSuperset(of: [.indirect, .write]) { $0.flags.insert(.next) } }
    },
    RuleCase(
      .packedDev13, "writes into a table with WRITE",
      packed("backend mode=stalled\npublish length=512 flags=indirect+indirect-write+kick\npoll\nbackend\npoll")
    ) { border in
      border.besides = { border.descriptors.first.map { [.write($0.address, [0])] } ?? [] }
    },
    RuleCase(
      .packedDev14, "sends no notification", packed("publish length=512 flags=kick", eventIdx: false), breakIt: quiet),
    RuleCase(
      .packedDev15, "notifies a driver that does not want it",
      packed("suppress by=unwanted\npublish length=512 flags=kick"), breakIt: loud),
    RuleCase(
      .packedDev16, "sends no notification for the descriptor that it is about",
      packed("suppress by=event ahead=3\npublish count=2 length=512 flags=kick"), breakIt: quiet),
    RuleCase(
      .packedDev16, "takes a descriptor of the next round for one of this",
      packed(
        "suppress by=event ahead=0\npublish length=512 flags=kick\nservice\npublish length=512 flags=kick", size: 3)
    ) { border in
      border.load = { $0 == border.queue.driver && $1 == 4 ? $2 ^ UInt64(PackedRing.wrapBit) : $2 }
    },
    RuleCase(
      .packedDev16, "notifies before the descriptor that it is about",
      packed("suppress by=event ahead=5\npublish length=512 flags=kick"), breakIt: loud),
    RuleCase(.packedDev17, "writes into the driver's event structure", one) { border in
      border.besides = { border.status & 4 == 0 ? [] : [.write(border.queue.driver, [0])] }
    },
    RuleCase(.packedDev18, "keeps notes in its event flags", one) { border in
      border.store = { $0 == border.queue.device ? [$1[0], $1[1], 3, 0] : $1 }
    },
    RuleCase(
      .packedDev18, "asks for an event of a descriptor without the feature",
      packed("publish length=512 flags=kick\nservice", eventIdx: false),
      keepIt: { border in
        border.besides = { border.status & 4 == 0 ? [] : [.write(border.queue.device + 2, [1, 0])] }
      },
      breakIt: { border in
        border.besides = { border.status & 4 == 0 ? [] : [.write(border.queue.device + 2, [2, 0])] }
      }),
    RuleCase(
      .packedDev19, "knows only powers of two",
      packed("write offset=QueueSel width=4\nread offset=QueueReady width=4\npublish length=512 flags=kick", size: 7)
    ) {
      $0.write = { $0 == .queueNum && !SplitRing.isValidSize($1) ? nil : $1 }
    },
    RuleCase(
      .packedDev19, "needs a reset for a size that is no power of two",
      packed("publish length=512 flags=kick\nread offset=Status width=4", size: 7)
    ) {
      $0.write = { $0 == .queueNum && !SplitRing.isValidSize($1) ? nil : $1 }
    },
    RuleCase(.packedDev20, "reads the buffer that it is to write", held) { border in
      border.besides = { border.descriptors.dropFirst().first.map { [.read($0.address, width: 8)] } ?? [] }
    },
    RuleCase(.mmioReg18, "does not hear of notifications", one) { $0.write = { $0 == .queueNotify ? nil : $1 } },
    RuleCase(
      .mmioReg18, "forgets what it did not ask to be notified of",
      packed("publish length=512 flags=kick\nservice\npublish length=512 flags=kick-if-asked\npoll")
    ) { border in
      border.store = { $0 == border.queue.device ? [0x77, 0, 2, 0] : $1 }
    },
  ]
}
