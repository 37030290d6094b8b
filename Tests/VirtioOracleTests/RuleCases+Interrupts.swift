import TestSupport
import VirtioSpec

extension RuleTests {
  private static let live = """
    device block
    negotiate accept=0xffffffffffffffff
    queue size=16
    status set=driver-ok
    publish length=512 flags=kick
    """

  static let interruptCases = [
    RuleCase(
      .mmioDev03, "tells of one cause at a time",
      """
      device block
      negotiate accept=0xffffffffffffffff
      queue size=16
      status set=driver-ok
      resize sectors=8
      publish length=512 flags=kick
      service
      """
    ) { $0.read = { $0 == .interruptStatus && $1 == 3 ? 2 : $1 } },
    RuleCase(
      .mmioDev04, "forgets a cause that was read",
      live + "\nread offset=InterruptStatus width=4\nread offset=InterruptStatus width=4"
    ) {
      var reads = 0
      $0.read = { register, value in
        guard register == .interruptStatus else { return value }
        reads += 1
        return reads == 1 ? value : 0
      }
    },
    RuleCase(.mmioDev05, "shows a cause that nobody knows", live + "\nservice") {
      $0.read = { $0 == .interruptStatus ? $1 | 4 : $1 }
    },
    RuleCase(.mmioDev06, "keeps its causes when it is reset", live + "\nreset\nread offset=InterruptStatus width=4") {
      border in
      var resets = 0
      border.write = { register, value in
        if register == .status && value == 0 { resets += 1 }
        return value
      }
      border.read = { [unowned border] in
        $0 == .interruptStatus && border.status == 0 && resets > 1 ? 1 : $1
      }
    },
    RuleCase(
      .mmioReg24, "does not hear that a used buffer is dealt with",
      live + "\nservice\nread offset=InterruptStatus width=4"
    ) { $0.write = { $0 == .interruptACK ? nil : $1 } },
    RuleCase(
      .mmioReg24, "does not hear that a change is dealt with",
      """
      device block
      negotiate accept=0xffffffffffffffff
      queue size=16
      status set=driver-ok
      resize sectors=8
      service
      service
      read offset=Status width=4
      """
    ) { $0.write = { $0 == .interruptACK ? nil : $1 } },
    RuleCase(.mmioNotif03, "never drives the line", live + "\nservice ack=none") { $0.line = { _ in nil } },
    RuleCase(.mmioNotif04, "never lets go of the line", live + "\nservice\nread offset=InterruptStatus width=4") {
      $0.line = { $0 ? true : nil }
    },
    RuleCase(
      .mmioNotif05, "lets go of the line with the first of two causes",
      live + "\nresize sectors=8\nwrite offset=InterruptACK width=4 value=0x2"
    ) {
      var isAcknowledged = false
      $0.write = { register, value in
        if register == .interruptACK { isAcknowledged = true }
        return value
      }
      $0.lineBehind = {
        defer { isAcknowledged = false }
        return isAcknowledged ? false : nil
      }
    },
    RuleCase(
      .statDev02, "speaks of used buffers before there is a driver",
      "device block\nnegotiate accept=0xffffffffffffffff\nread offset=InterruptStatus width=4"
    ) { border in
      border.read = { [unowned border] in $0 == .interruptStatus && border.status & 4 == 0 ? 1 : $1 }
    },
    RuleCase(.resetDev02, "interrupts when it was reset", "device block\nreset\nread offset=InterruptStatus width=4") {
      $0.read = { $0 == .interruptStatus ? 2 : $1 }
    },
  ]
}
