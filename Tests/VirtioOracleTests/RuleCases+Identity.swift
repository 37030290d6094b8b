import TestSupport
import VirtioSpec

extension RuleTests {
  static let identityCases = [
    RuleCase(.mmioDev01, "spells its magic backwards", "device block\nread offset=MagicValue width=4") {
      $0.read = { $0 == .magicValue ? 0x7669_7274 : $1 }
    }
  ]
}
