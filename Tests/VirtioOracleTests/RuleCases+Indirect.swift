import TestSupport
import VirtioSpec

extension RuleTests {
  /// A table of three entries, of which the second is not part of the chain.
  private static let withJunk = running(
    """
    backend mode=stalled
    descriptor index=0 address=table0 length=64 flags=indirect
    descriptor table=1 index=0 address=buffer0 length=16 flags=next next=3
    descriptor table=1 index=1 address=buffer0+0x400 length=512 flags=next+write next=2
    descriptor table=1 index=2 address=buffer6 length=512 flags=write
    descriptor table=1 index=3 address=buffer1 length=513 flags=write
    offer
    kick
    service
    """)

  private static func held(_ publish: String, device: String = "block") -> String {
    running("backend mode=stalled\n\(publish)\nread offset=Status width=4", device: device)
  }

  private static let givesUp: @Sendable (Border) -> Void = {
    $0.read = { $0 == .status && $1 & 4 != 0 ? $1 | 0x40 : $1 }
  }

  static let indirectCases = [
    RuleCase(
      .indirectDev01, "refuses a table that is marked as writable",
      held("publish length=512 flags=indirect+indirect-write+kick"), breakIt: givesUp),
    RuleCase(
      .indirectDev02, "refuses tables",
      held("publish request=entropy length=64 flags=indirect+kick", device: "entropy"),
      breakIt: givesUp),
    RuleCase(
      .indirectDev04, "refuses a table with both directions", held("publish length=512 flags=indirect+kick"),
      breakIt: givesUp),
    RuleCase(.indirectDev03, "reads a buffer that the chain does not lead to", withJunk) { border in
      border.besides = {
        border.descriptors.count > 1
          ? [.read(border.descriptors[1].address + 0x400, width: 8)] : []
      }
    },
  ]
}
