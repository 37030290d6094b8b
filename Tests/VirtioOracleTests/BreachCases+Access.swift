import TestSupport
import VirtioSpec

extension BreachTests {
  static let accessCases = [
    BreachCase(
      .mmioDrv02, broken: "device block\nwrite offset=MagicValue width=4 value=1",
      kept: "device block\nread offset=MagicValue width=4")
  ]
}
