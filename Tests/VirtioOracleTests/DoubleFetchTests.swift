import TestSupport
import Testing
import VirtioOracle
import VirtioProgram
import VirtioSpec

@Suite("Memory that changes between two reads")
struct DoubleFetchTests {
  /// A request that the device holds; the address in its first descriptor changes once the device has read that.
  private static let changed: UInt64 = MemoryMap.standard.regions[0].base + 0xa000
  private static func program(_ device: String) -> String {
    running(
      """
      backend mode=stalled
      race address=desc0 width=8 value=\(changed)
      publish length=512 flags=kick
      poll
      """, device: device)
  }

  private static let devices = ["block", "block flags=packed"]

  /// A double that reads the first descriptor again in the same action, and later reads at `address` of what it saw.
  private static func rereading(_ address: @escaping @Sendable (_ first: UInt64, _ again: UInt64) -> UInt64) -> Border {
    Border { border in
      var isDone = false
      border.besides = {
        guard let first = border.descriptors.first, !isDone else { return [] }
        guard let again = border.reread else { return [.read(border.queue.descriptors, width: 16)] }
        isDone = true
        return [.read(address(first.address, again.address), width: 8)]
      }
    }
  }

  @Test("a device may go by the first value, or by the second", arguments: devices)
  func eitherValueIsRight(_ device: String) throws {
    #expect(try judge(Self.program(device), Self.rereading { first, _ in first }).findings.isEmpty)
    #expect(try judge(Self.program(device), Self.rereading { _, again in again }).findings.isEmpty)
  }

  @Test("but not by something in between", arguments: devices)
  func nothingElseIsRight(_ device: String) throws {
    let verdicts = try judge(Self.program(device), Self.rereading { _, again in again + 0x800 })
    #expect(verdicts.violated.first == .rob04)
  }

  @Test("and a device that did not read it again has no business there", arguments: devices)
  func unreadValueIsWrong(_ device: String) throws {
    let border = Border { border in
      border.besides = { border.descriptors.isEmpty ? [] : [.read(Self.changed, width: 8)] }
    }
    #expect(try judge(Self.program(device), border).violated.first == .rob04)
  }

  /// A buffer of entropy that the device holds, in a chain which goes on once the device has read it to its end.
  @Test("may make a chain longer for a device that reads it again")
  func longerChain() throws {
    let program = """
      device entropy
      negotiate accept=0x100000000
      queue size=8
      status set=driver-ok
      backend mode=stalled
      descriptor index=0 address=buffer0 length=16 flags=write
      descriptor index=1 address=buffer1 length=16 flags=write
      race address=desc0+0xc width=4 value=0x10003
      offer
      kick
      """
    let border = Border { border in
      var count = 0
      border.besides = { [unowned border] in
        guard !border.descriptors.isEmpty else { return [] }
        count += 1
        return switch count {
        case 1:
          [.read(border.queue.descriptors, width: 16), .read(border.queue.descriptors + 16, width: 16)]
        case 2: [.write(border.reread?.address ?? 0, [7])]
        default: []
        }
      }
    }
    #expect(try judge(program, border).findings.isEmpty)
  }

  /// A request that the device holds, in a list whose first descriptor changes: how far the list goes is not known then. Behind
  /// it comes another one.
  @Test("does not set free what a device does once the chain is back")
  func boundIsBack() throws {
    let program = """
      \(running("", device: "block flags=packed"))
      backend mode=stalled
      race address=desc0+0xe width=2 value=0x80 after=1
      publish length=512 flags=kick
      backend
      poll
      service
      kick
      """
    let border = Border { border in
      var isReread = false
      var isBack = false
      var isDone = false
      border.profile = { $0.declaresHousePolicy = false }
      border.store = { [unowned border] address, bytes in
        if address &- border.queue.descriptors < 16 { isBack = true }
        return bytes
      }
      border.write = { register, value in
        isDone = isBack && register == .queueNotify
        return value
      }
      border.besides = { [unowned border] in
        guard !border.descriptors.isEmpty else { return [] }
        if !isReread {
          isReread = true
          return [.read(border.queue.descriptors, width: 16)]
        }
        guard isDone else { return [] }
        isDone = false
        return Array(repeating: .read(border.queue.driver, width: 4), count: 20_000)
      }
    }
    #expect(try judge(program, border).violated == [.rob05])
  }
}
