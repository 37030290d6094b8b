import TestSupport
import VirtioSpec

extension RuleTests {
  static let inOrderCases = [false, true].map { isPacked in
    RuleCase(
      .inorderDev01, "returns the last request first",
      """
      device block flags=in-order\(isPacked ? "+packed" : "")
      negotiate accept=0xffffffffffffffff
      queue size=16
      status set=driver-ok
      backend mode=reversed
      publish request=write count=3 length=512 flags=kick
      poll
      service
      """
    ) { border in
      // The device does not hear that it was agreed upon.
      let selector = Box<UInt32>(0)
      border.write = { register, value in
        if register == .driverFeaturesSel { selector.value = value }
        return register == .driverFeatures && selector.value == 1 ? value & ~8 : value
      }
    }
  }
}
