import TestSupport
import Testing
import VirtioHarness
import VirtioProperties

@Suite("A device with the legacy interface")
struct LegacyProperties {
  @Test("has every queue's QueuePFN at 0 behind a reset, and shows the page of a queue in use")
  func showsPages() {
    expect([.mmioLeg27, .mmioLeg19, .mmioLeg12], style: .legacy)
  }

  @Test("finds its rings in one block, by page number, page size and alignment")
  func findsRings() {
    expect([.mmioLeg09, .mmioLeg16, .mmioLeg18, .mmioLeg30], silent: [.rob03], style: .legacy)
  }

  @Test("serves a driver before DRIVER_OK")
  func servesEarly() {
    expect([.leg06], style: .registers, cases: 3 * Cases.count)
  }

  @Test("says when it has nothing left, whatever the driver wants to be notified of")
  func saysWhenNothingIsLeft() {
    expect([.leg07], style: .legacy)
  }

  @Test("goes by the features that were accepted, in whichever order the words came")
  func goesByFeatures() {
    expect([.mmioLeg07, .mmioLeg08, .leg08], style: .legacy)
  }

  @Test("survives every malformed ring, chain and page, by the written policy")
  func survives() {
    // Few drivers look at the page of a queue that cannot be used (HOUSE-07): a seed does.
    expect([.house01, .rob04, .rob05, .rob07], silent: [.house07], style: .legacy, cases: 3 * Cases.count)
  }
}
