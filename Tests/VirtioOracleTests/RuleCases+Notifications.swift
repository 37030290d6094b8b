import TestSupport
import VirtioSpec

extension RuleTests {
  private static let quiet: @Sendable (Border) -> Void = { $0.line = { $0 ? nil : false } }
  /// Interrupts whenever the driver has acknowledged nothing less than everything.
  private static let loud: @Sendable (Border) -> Void = { border in
    border.lineBehind = { border.status & 4 != 0 && !border.descriptors.isEmpty ? true : nil }
  }
  private static func suppressing(_ suppress: String, eventIdx: Bool) -> String {
    running("\(suppress)\npublish length=512 flags=kick", eventIdx: eventIdx)
  }

  static let notificationCases = [
    RuleCase(
      .splitDev17, "lets used_event suppress a notification", suppressing("suppress by=event ahead=7", eventIdx: false),
      breakIt: quiet),
    RuleCase(.splitDev18, "sends no notification", suppressing("suppress by=wanted", eventIdx: false), breakIt: quiet),
    RuleCase(
      .splitDev19, "notifies a driver that does not want it", suppressing("suppress by=unwanted", eventIdx: false),
      breakIt: loud),
    RuleCase(
      .eventidxDev01, "lets avail.flags suppress a notification",
      suppressing("suppress by=unwanted", eventIdx: true), breakIt: quiet),
    RuleCase(
      .eventidxDev02, "sends no notification when the event is passed",
      suppressing("suppress by=event ahead=0", eventIdx: true), breakIt: quiet),
    RuleCase(
      .eventidxDev02, "sends no notification when a batch passes the event",
      running("suppress by=event ahead=1\npublish count=4 length=512 flags=kick", eventIdx: true), breakIt: quiet),
    RuleCase(
      .eventidxDev03, "notifies before the event", suppressing("suppress by=event ahead=5", eventIdx: true),
      breakIt: loud),
    RuleCase(
      .eventidxDev04, "keeps notes in used.flags", running("publish length=512 flags=kick\nservice", eventIdx: true)
    ) { border in
      border.besides = { border.status & 4 == 0 ? [] : [.write(border.queue.device, [1, 0])] }
    },
    RuleCase(.mmioDev05, "interrupts before the index has moved", running("publish length=512 flags=kick\nservice")) {
      border in border.lineBefore = { $0 == border.queue.device + 4 ? true : nil }
    },
  ]
}
