import TestSupport
import Testing
import VirtioSpec

@Suite("A device that uses buffers in order")
struct BatchTests {
  private static let twice = """
    device block flags=in-order
    negotiate accept=0xffffffffffffffff
    queue size=16
    status set=driver-ok
    backend mode=deferred
    publish request=write count=2 length=512 flags=kick
    poll
    service
    publish request=write count=2 length=512 flags=kick
    poll
    service
    """

  /// Returns two chains by the element of the second one, in the slot of the first.
  private static func batch(_ border: Border, to index: @escaping (UInt8) -> UInt8 = { $0 }) {
    var count = 0
    border.switchedOn = { count = 0 }
    border.store = { [unowned border] address, bytes in
      let inside = address &- border.queue.device
      guard inside < SplitRing.deviceAreaSize(16), inside >= SplitRing.usedIdx else { return bytes }
      if inside == SplitRing.usedIdx { return count % 2 == 0 ? [index(bytes[0]), bytes[1]] : nil }
      guard bytes.count == 8 else { return bytes }
      count += 1
      return count % 2 == 0 ? bytes : nil
    }
    border.redirect = { [unowned border] address in
      let inside = address &- border.queue.device
      let isElement = inside >= SplitRing.usedElement(0) && inside < SplitRing.availEvent(16)
      return isElement ? address - 8 : address
    }
  }

  @Test("may return several with one element (INORDER-DEV-02)")
  func batchIsFine() throws {
    let verdicts = try judge(Self.twice, Border { Self.batch($0) })
    #expect(verdicts.violated == [])
    #expect(verdicts[.inorderDev01].satisfied == 2)
  }

  /// Of two requests of three descriptors each, returns the second one in the place of the first. Of a ring of 12, that is
  /// twice so.
  private static func packedBatch(_ border: Border) {
    border.store = { [unowned border] address, bytes in
      let inside = address &- border.slot(0)
      guard inside < 12 * PackedDescriptor.size else { return bytes }
      return inside / PackedDescriptor.size % 6 < 3 ? nil : bytes
    }
    border.redirect = { [unowned border] address in
      let inside = address &- border.slot(0)
      guard inside < 12 * PackedDescriptor.size, inside / PackedDescriptor.size % 6 >= 3 else { return address }
      return address - 3 * PackedDescriptor.size
    }
  }

  private static let twicePacked = twice.replacing("flags=in-order", with: "flags=in-order+packed").replacing(
    "size=16", with: "size=12")

  @Test("may return several with one used descriptor (INORDER-DEV-03)")
  func packedBatchIsFine() throws {
    let verdicts = try judge(Self.twicePacked, Border { Self.packedBatch($0) })
    #expect(verdicts.violated == [])
    #expect(verdicts[.inorderDev01].satisfied == 2)
  }

  @Test("but not the first one behind the second")
  func packedOutOfOrder() throws {
    let border = Border { border in
      // Each in the other's place, with the same flags as there: both lists have three descriptors.
      border.redirect = { [unowned border] address in
        let inside = address &- border.slot(0)
        guard inside < 12 * PackedDescriptor.size else { return address }
        let isFirst = inside / PackedDescriptor.size % 6 < 3
        return isFirst ? address + 3 * PackedDescriptor.size : address - 3 * PackedDescriptor.size
      }
    }
    #expect(try judge(Self.twicePacked, border).violated.contains(.inorderDev01))
  }

  @Test("but not more than it was given")
  func tooMany() throws {
    let verdicts = try judge(Self.twice, Border { Self.batch($0) { $0 + 1 } })
    #expect(!verdicts.violated.isEmpty)
  }
}
