import TestSupport
import Testing
import VirtioHarness
import VirtioProperties

@Suite("A device with packed queues")
struct PackedProperties {
  @Test("returns what it was given in order of completion, once, and where the driver looks for it")
  func returns() {
    expect(
      [
        .packedDev01, .packedDev02, .packedDev04, .packedDev05, .packedDev06, .packedDev07, .packedDev08, .packedDev09,
        .packedDev10,
      ], style: .packed)
  }

  @Test("touches nothing but what rings, lists and tables permit")
  func touches() {
    expect([.packedDev03, .packedDev17, .packedDev20, .rob04], silent: [.rob03], style: .packed)
  }

  @Test("takes tables for what they are, whatever flags are in and above them")
  func takesTables() {
    expect([.packedDev12, .packedDev13, .mmioReg09], style: .packed)
  }

  @Test("notifies as the event structure says, and says itself only what means something")
  func notifies() {
    expect([.packedDev14, .packedDev15, .packedDev16, .packedDev18], style: .packed)
  }

  @Test("has queues of any size, in both rounds of a ring")
  func sizes() {
    expect([.packedDev19, .mmioReg17, .mmioReg19], style: .packed)
  }

  @Test("serves what it is notified of, with data or without, and resets its queues")
  func serves() {
    expect(
      [.mmioReg18, .mmioReg22, .notifDev01, .ringresetDev03, .resetDev03], silent: [.notifDev02, .ringresetDev01],
      style: .packed, cases: 3 * Cases.count)
  }

  @Test("survives every malformed ring, list and table, by the written policy")
  func survives() {
    expect(
      [.house03, .house04, .house05, .house06, .rob05, .rob06, .rob07], silent: [.house07, .house08, .house10],
      style: .packed, cases: 3 * Cases.count)
  }
}
