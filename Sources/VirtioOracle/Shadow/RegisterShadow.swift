import VirtioSpec

/// What rules for single registers remember beside what the registers mean.
struct RegisterShadow {
  // Of the program.
  /// The words of DeviceFeatures that were judged as an offer, a bit each.
  var judgedWords: UInt8 = 0
  /// What VendorID first read.
  var vendorID: UInt32?
  /// The last set that was accepted, and in which orders of its words; see ``WordOrder``.
  var acceptedSet: FeatureBits?
  var acceptedOrders: UInt8 = 0
  /// Another set was tried since then: one that the device may refuse, or one of which nobody saw what became.
  var otherSetWasTried = false

  /// VIRTIO_F_RING_RESET was accepted before the last reset.
  var hadRingReset = false

  // Since the last reset.
  /// DriverFeaturesSel was written behind DeviceFeaturesSel.
  var driverSelIsNewer = false
  /// DeviceFeaturesSel has had another value before.
  var offerWasTurned = false
  /// The words of DriverFeatures that were written, a bit each, and the one that was written last.
  var writtenWords: UInt8 = 0
  var lastWord: UInt32 = 0
  /// Bits that a word had before it was written again.
  var dropped: FeatureBits = []
  /// DriverFeatures was written when the features were accepted already, and Status was not read since.
  var hasLateFeatures = false
  /// A register of the selected queue was read, and was right, with this selection.
  var selectionIsShown = false
  /// The queue whose QueueReady was last written, or -1, and the value.
  var readyQueue = -1
  var readyValue: UInt32 = 0
  /// The driver gave the device a cause to need a reset, whatever the device's policy is.
  var mayNeedReset = false
  /// The driver takes the steps of section 3.1.1 one by one.
  var isOrderly = true
  /// Bits of Status that the driver wrote and has read.
  var shownStatus: UInt32 = 0
  /// Status was last read with DRIVER_OK, and without DEVICE_NEEDS_RESET.
  var ranWell = false
  /// Bits of InterruptStatus that were acknowledged after they had been shown.
  var acknowledged: UInt32 = 0
  /// Bits of InterruptStatus whose event took place and that were not looked at since.
  var unread: UInt32 = 0
  /// A configuration change was acknowledged and is still shown.
  var keepsConfiguration = false
  /// One of two causes was acknowledged in this action.
  var sharesLine = false

  /// Since the last reset and before the next initialization: the device used memory.
  var quietIsBroken = false

  /// What a reset makes unknown.
  ///
  /// - Parameter setWasAccepted: Status has shown it.
  mutating func forget(setWasAccepted: Bool) {
    var fresh = RegisterShadow()
    fresh.judgedWords = judgedWords
    fresh.vendorID = vendorID
    fresh.acceptedSet = acceptedSet
    fresh.acceptedOrders = acceptedOrders
    fresh.otherSetWasTried = otherSetWasTried || writtenWords != 0 && !setWasAccepted
    self = fresh
  }

  /// DriverFeatures is written: `old` is what the word was.
  mutating func writeWord(_ word: UInt32, _ old: UInt32, _ new: UInt32) {
    if writtenWords >> UInt8(word) & 1 != 0 {
      dropped = dropped.union(FeatureBits().replacingWord(word, with: old & ~new))
    }
    writtenWords |= 1 << UInt8(word)
    lastWord = word
  }

  /// In which order the first two words were written, as a bit; 0 unless both were.
  var wordOrder: UInt8 {
    guard writtenWords & 3 == 3, lastWord < 2 else { return 0 }
    return lastWord == 1 ? 1 : 2
  }

  /// Status is written: whether the driver goes on as section 3.1.1 has it. What a device does with other values is left
  /// open (A10).
  mutating func writeStatus(_ value: UInt32, after old: UInt32, featuresAreKnown: Bool, isLegacy: Bool) {
    guard old & ~value == 0, value & ~DeviceStatus.driverOwned.rawValue == 0 else {
      isOrderly = false
      return
    }
    let way: UInt32? =
      switch old & ~DeviceStatus.failed.rawValue {
      case 0: DeviceStatus.acknowledge.rawValue
      case 1: DeviceStatus.driver.rawValue
      // There is no FEATURES_OK on the legacy interface.
      case 3: isLegacy ? DeviceStatus.driverOK.rawValue : DeviceStatus.featuresOK.rawValue
      case 11: featuresAreKnown ? DeviceStatus.driverOK.rawValue : nil
      default: nil
      }
    let new = value & ~old
    if new != 0 && new != way && new != DeviceStatus.failed.rawValue { isOrderly = false }
  }
}
