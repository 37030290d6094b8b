import TestSupport
import Testing
import VirtioHarness
import VirtioProperties

@Suite("A queue")
struct QueueProperties {
  @Test("is not touched while QueueReady is 0, whether it never was 1 or is no longer")
  func isLeftAlone() {
    expect([.mmioDev09, .mmioDev10], style: .registers, cases: 3 * Cases.count)
    expect([.mmioDev09], silent: [.mmioDev10], style: .lifecycle, cases: 3 * Cases.count)
  }

  @Test("is served by what a notification says, with data or without")
  func isToldOf() {
    expect([.mmioReg22, .notifDev01], silent: [.notifDev02], style: .lifecycle, cases: 3 * Cases.count)
  }

  @Test("is not served before DRIVER_OK")
  func waitsForTheDriver() {
    expect([.statDev01], silent: [.statDev02], style: .lifecycle, cases: 3 * Cases.count)
    expect([.statDev02], silent: [.statDev01], style: .registers, cases: 3 * Cases.count)
  }

  @Test("answers only for itself")
  func answersForItself() {
    // Every access of the device is held against what this queue's registers, rings and chains permit, and every
    // returned head against what this queue was given.
    expect([.rob04, .splitDev09, .mmioReg19], silent: [.rob03, .splitDev05, .splitDev14], style: .lifecycle)
  }

  @Test("reports no more bytes than were written, into no more than there is room for")
  func reportsWhatWasWritten() {
    expect([.splitDev07, .splitDev10, .splitDev06, .rngDev01], style: .lifecycle)
  }

  @Test("survives every malformed ring and chain, by the written policy")
  func survives() {
    expect(
      [.house01, .house02, .house03, .house04, .house05, .house06, .house07, .rob04, .rob05, .rob06],
      silent: [.rob03, .house08], style: .descriptors, cases: 3 * Cases.count)
  }

  @Test("that is given work and a notification gets it done")
  func isServed() {
    expect([.mmioReg18], style: .lifecycle)
  }
}
