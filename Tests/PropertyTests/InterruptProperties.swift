import TestSupport
import Testing
import VirtioHarness
import VirtioProperties

@Suite("InterruptStatus")
struct InterruptProperties {
  @Test("shows only events that took place, from the moment they do until they are acknowledged")
  func showsEvents() {
    expect([.mmioDev03, .mmioDev04, .mmioDev05, .mmioNotif03, .mmioNotif04], style: .lifecycle)
  }

  @Test("does so, too, under register accesses of any kind and order")
  func showsEventsUnderRawAccesses() {
    expect([.mmioDev04, .mmioDev05, .mmioNotif03, .statDev02], style: .registers, cases: 3 * Cases.count)
  }

  @Test("shows a device that needs a reset to the driver that was running it")
  func showsNeedsReset() {
    expect([.statDev03, .statDev04], style: .descriptors)
  }
}
