import TestSupport
import Testing
import VirtioHarness
import VirtioProperties

@Suite("The configuration space")
struct ConfigurationProperties {
  @Test("reads what the device was made with, before and after FEATURES_OK", arguments: ["registers", "lifecycle"])
  func readsWhatItIs(_ style: String) {
    expect([.cfgDev01, .cfgDev02], style: .named(style), cases: 3 * Cases.count)
  }

  @Test("has a generation that changes when it changes, and only then")
  func hasAGeneration() {
    expect([.cfgDev03, .mmioDev08, .mmioReg37], style: .lifecycle, cases: 3 * Cases.count)
  }

  @Test("tells a running driver of a change")
  func tellsTheDriver() {
    expect([.cfgDev04], style: .lifecycle)
  }
}
