import TestSupport
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioProperties
import VirtioSpec

@Suite("Negotiation")
struct NegotiationProperties {
  @Test("never lets a feature take effect that was not offered")
  func staysInsideTheOffer() {
    // FEATURES_OK is refused for such a set; and where a table is used without the feature, HOUSE-05 says so.
    expect([.featDev03, .featDev02], style: .lifecycle, cases: 3 * Cases.count)
  }

  @Test("refuses FEATURES_OK for each single bit that is not offered")
  func refusesUnofferedBits() {
    let header = Header(device: .entropy)
    var probe = ReferenceDevice()
    let offered = probe.powerOn(header).offeredFeatures
    var harness = Harness(device: probe, observer: Judge(memory: .standard))
    for bit in 0..<128 where !offered.contains(FeatureBits(bit: bit)) {
      let before = harness.observer.ledger.counts[Int(ClauseID.featDev03.rawValue)].satisfied
      let steps = [Step(.negotiate, [.value: .max, .index: UInt64(bit) + 1]), Step(.status, [.flags: 4])]
      _ = harness.run(Program(header: header, steps: steps))
      #expect(harness.observer.ledger.findings.isEmpty, "bit \(bit)")
      #expect(harness.observer.ledger.counts[Int(ClauseID.featDev03.rawValue)].satisfied > before, "bit \(bit)")
    }
  }
}
