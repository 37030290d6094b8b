import TestSupport
import VirtioSpec

extension RuleTests {
  static let selectorCases = [
    RuleCase(
      .mmioReg06, "hides a feature that it offers",
      """
      device block
      write offset=DeviceFeaturesSel width=4
      read offset=DeviceFeatures width=4
      """
    ) { $0.read = { $0 == .deviceFeatures ? $1 & ~0x1000_0000 : $1 } },
    RuleCase(
      .mmioReg07, "shows word 1 for every other selector",
      """
      device block
      write offset=DeviceFeaturesSel width=4 value=0x2
      read offset=DeviceFeatures width=4
      write offset=DeviceFeaturesSel width=4 value=0x8000000
      read offset=DeviceFeatures width=4
      """
    ) { $0.write = { $0 == .deviceFeaturesSel && $1 > 1 ? 1 : $1 } },
    RuleCase(
      .mmioReg08, "stays at the first word that was selected",
      """
      device block
      write offset=DeviceFeaturesSel width=4
      read offset=DeviceFeatures width=4
      write offset=DeviceFeaturesSel width=4 value=0x1
      read offset=DeviceFeatures width=4
      """
    ) { $0.write = { $0 == .deviceFeaturesSel && $1 == 1 ? nil : $1 } },
    RuleCase(
      .mmioReg12, "has one selector for both sides",
      """
      device block
      write offset=DeviceFeaturesSel width=4
      write offset=DriverFeaturesSel width=4 value=0x1
      read offset=DeviceFeatures width=4
      """
    ) { $0.read = { $0 == .deviceFeatures ? 0x101 : $1 } },
    RuleCase(
      .mmioReg13, "goes on to the next queue with each read",
      """
      device block queues=2
      negotiate accept=0xffffffffffffffff
      queue size=16
      write offset=QueueSel width=4
      read offset=QueueReady width=4
      read offset=VendorID width=4
      read offset=QueueReady width=4
      """
    ) {
      var reads = 0
      $0.write = { register, value in
        if register == .queueSel { reads = 0 }
        return value
      }
      $0.read = { register, value in
        guard register == .queueReady else { return value }
        reads += 1
        return reads == 2 ? 0 : value
      }
    },
    RuleCase(
      .mmioReg14, "turns on all queues at once",
      """
      device block queues=2
      negotiate accept=0xffffffffffffffff
      queue size=16
      queue queue=1 size=16
      """
    ) { border in
      border.read = { [unowned border] in $0 == .queueReady && border.selected == 1 ? 1 : $1 }
    },
    RuleCase(
      .mmioReg15, "has less room than it should",
      "device block\nwrite offset=QueueSel width=4\nread offset=QueueNumMax width=4"
    ) { $0.read = { $0 == .queueNumMax ? $1 / 2 : $1 } },
    RuleCase(
      .mmioReg16, "keeps the old queue when a new one does not exist",
      """
      device block
      write offset=QueueSel width=4
      write offset=QueueSel width=4 value=0x1388
      read offset=QueueNumMax width=4
      """
    ) { $0.write = { $0 == .queueSel && $1 > 1023 ? nil : $1 } },
  ]
}
