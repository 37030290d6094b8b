import TestSupport
import VirtioSpec

extension FreedomTests {
  static let chainFreedoms = [
    Freedom("A5", "a queue serves what is available before it is off") { border in
      let isStopping = Box(false)
      border.switchedOn = { isStopping.value = false }
      border.write = { register, value in
        guard register == .queueReady, value == 0 else { return value }
        isStopping.value = true
        return nil
      }
      border.hearsBesides = { [unowned border] in
        guard isStopping.value else { return [] }
        isStopping.value = false
        return [(.queueNotify, border.selected), (.queueReady, 0)]
      }
    },
    Freedom("A16", "there is no SHMSel, since all regions are alike") { $0.write = { $0 == .shmSel ? nil : $1 } },
    Freedom("A16", "a region has no bytes until it is selected") { border in
      let isSelected = Box(false)
      border.switchedOn = { isSelected.value = false }
      border.write = { register, value in
        if register == .shmSel { isSelected.value = true }
        return value
      }
      border.read = { register, value in
        switch register {
        case .shmLenLow, .shmLenHigh, .shmBaseLow, .shmBaseHigh: isSelected.value ? value : 0
        default: value
        }
      }
    },
    Freedom(
      "A21", "the first used buffer is always told of", warns: [.splitDev19, .eventidxDev03],
      shownBy: running("suppress by=event ahead=5\npublish length=512 flags=kick\nservice", eventIdx: true),
      take: firstIsTold),
    Freedom("A23", "a buffer without bytes is an error") { border in
      border.descriptor = { descriptor in
        guard descriptor.length == 0, !descriptor.flags.contains(.indirect) else { return descriptor }
        return Descriptor(address: descriptor.address, length: 1, flags: .next, next: .max)
      }
    },
  ]

  /// A device that notifies the driver of the first used buffer of a life, whether the driver wants it or not.
  private static let firstIsTold: @Sendable (Border) -> Void = { border in
    let isTold = Box(false)
    let isShown = Box(false)
    // The line of the device behind the border, and whether something changed that it does not know of.
    let line = Box(false)
    let isNew = Box(false)
    border.switchedOn = {
      isTold.value = false
      isShown.value = false
      line.value = false
      isNew.value = false
    }
    border.store = { [unowned border] address, bytes in
      for queue in border.queues.values where address == queue.device &+ SplitRing.usedIdx && !isTold.value {
        isTold.value = true
        isShown.value = true
        isNew.value = true
      }
      return bytes
    }
    border.write = { register, value in
      switch register {
      case .status where value == 0:
        isTold.value = false
        isNew.value = isShown.value
        isShown.value = false
      case .interruptACK where value & 1 != 0:
        isNew.value = isShown.value
        isShown.value = false
      default: break
      }
      return value
    }
    border.read = { $0 == .interruptStatus && isShown.value ? $1 | 1 : $1 }
    border.line = {
      line.value = $0
      return $0 || isShown.value
    }
    border.lineBehind = {
      guard isNew.value else { return nil }
      isNew.value = false
      return line.value || isShown.value
    }
  }
}
