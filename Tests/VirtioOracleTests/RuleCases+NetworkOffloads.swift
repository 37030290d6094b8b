import TestSupport
import VirtioSpec

extension RuleTests {
  /// With all offloads.
  private static let offloading = up(withheld: "0x20008000")

  /// The guest sends a frame of 300 bytes; see ``Request/unicast`` for its number.
  private static func sent(_ number: String, flags: String = "kick") -> String {
    offloading + "publish queue=1 length=300 request=unicast sector=\(number) at=1 flags=\(flags)\nservice\n"
  }

  /// A frame of 300 bytes comes in, likewise.
  private static func arrival(_ number: String) -> String {
    "deliver length=300 pattern=noise seed=\(number)\npoll\nservice\n"
  }

  /// What becomes of one byte of a frame on its way out.
  private static func changingFrame(_ border: Border, _ place: Int) {
    border.emission = { _, bytes in
      var frame = bytes
      frame[NetworkHeader.size + place] ^= 0x5a
      return frame
    }
  }

  static let networkOffloadCases = [
    RuleCase(.netDev11, "drops a frame for a flag that it does not know", sent("1", flags: "kick+reserved-flag")) {
      $0.emission = { _, _ in nil }
    },
    RuleCase(.netDev11, "cuts a frame for a flag that it does not know", sent("1", flags: "kick+reserved-flag")) {
      $0.emission = { Array($1.dropLast()) }
    },
    RuleCase(.netDev17, "completes a checksum wrongly", sent("0x10000001")) { changingFrame($0, 40) },
    RuleCase(.netDev17, "changes what it has to complete a checksum of", sent("0xf0000001")) { changingFrame($0, 200) },
    RuleCase(.netDev32, "takes hdr_len for the length of a frame", sent("0x0014000080000001")) {
      $0.emission = { Array($1.prefix(NetworkHeader.size + 20)) }
    },
    RuleCase(.netDev32, "takes hdr_len for where segments begin", sent("0x0014000030000001")) {
      changingFrame($0, 20)
    },
    RuleCase(.netDev23, "leaves a checksum to a guest that does not complete any", up() + arrival("0x10000000")) {
      border in
      border.store = { [unowned border] address, bytes in
        guard bytes.count == 300, !border.isInRing(address) else { return bytes }
        var frame = bytes
        // 10.0.0.1 and 10.0.0.2, UDP, and 266 bytes.
        frame.replaceSubrange(40..<42, with: [0x15, 0x1e])
        return frame
      }
    },
    RuleCase(
      .netDev06, "completes a checksum wrongly for a guest that does not complete any", up() + arrival("0x10000000")
    ) { border in
      border.store = { [unowned border] address, bytes in
        guard bytes.count == 300, !border.isInRing(address) else { return bytes }
        var frame = bytes
        frame[40] ^= 0x5a
        return frame
      }
    },
    RuleCase(.netDev24, "hands on segments of another kind", up(withheld: "0x20008080") + arrival("0x50000000")) {
      changingHeader($0) { $0[1] = Network.gsoTCP4 }
    },
    RuleCase(
      .netDev24, "hands on segments though the guest turned that off",
      offloading + arrival("0x30000000") + command("offloads sector=2") + arrival("0xe0000001")
    ) {
      changingHeader($0) { ($0[1], $0[4]) = (Network.gsoTCP4, 100) }
    },
    RuleCase(.netDev25, "does not say how long segments are", offloading + arrival("0x30000000")) {
      changingHeader($0) { $0[4] = 0 }
    },
    RuleCase(.netDev25, "hands on segments with a checksum that is complete", offloading + arrival("0x50000000")) {
      changingHeader($0) { $0[0] = 0 }
    },
    RuleCase(.netDev26, "says that a checksum begins elsewhere", offloading + arrival("0x20000000")) {
      changingHeader($0) { $0[6] += 2 }
    },
    RuleCase(.netDev26, "says that a checksum is elsewhere", offloading + arrival("0x10000000")) {
      changingHeader($0) { $0[8] = 0xff }
    },
    RuleCase(
      .netDev26, "says that a checksum is missing that is not", offloading + arrival("0") + arrival("0x10000001")
    ) {
      changingHeader($0) { ($0[0], $0[6]) = (Network.needsChecksum, 34) }
    },
    RuleCase(.netDev29, "does not tell of ECN", offloading + arrival("0x40000000")) {
      changingHeader($0) { $0[1] = Network.gsoTCP4 }
    },
    RuleCase(.netDev30, "says that headers are shorter than they are", offloading + arrival("0x60000000")) {
      changingHeader($0) { $0[2] = 40 }
    },
  ]
}
