import TestSupport
import Testing
import VirtioProperties
import VirtioSpec

@Suite("A console")
struct ConsoleProperties {
  @Test("puts out all that the guest sends, in order, and gives the guest all that comes in")
  func keepsCharacters() { expect([.consoleDev08, .consoleDev09], style: .console) }

  @Test("tells a guest that is ready of its ports, of each once")
  func tellsOfPorts() {
    expect([.consoleDev12, .consoleDev13, .consoleDev03, .consoleDev04], silent: [.consoleDev05], style: .console)
  }

  @Test("puts out a character of last resort at any time")
  func emergencyWrite() { expect([.consoleDev01, .consoleDev02], style: .console, cases: 3 * Cases.count) }

  @Test("survives every malformed ring and chain, by the written policy")
  func survives() { expect([.house01, .rob04, .rob05, .rob07], style: .console, cases: 3 * Cases.count) }
}
