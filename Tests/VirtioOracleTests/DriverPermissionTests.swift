import TestSupport
import Testing
import VirtioOracle
import VirtioSpec

/// Something that the text lets a driver do, and that real ones do. What a ``BreachCase`` keeps is about one clause; here
/// nothing may be held against the driver.
struct DriverPermission: Sendable, CustomStringConvertible {
  /// What it may do, in a few words.
  let description: String
  let program: String
  /// Makes the device that it meets.
  let meet: @Sendable (Border) -> Void

  init(_ description: String, _ program: String, _ meet: @escaping @Sendable (Border) -> Void = { _ in }) {
    self.description = description
    self.program = program
    self.meet = meet
  }
}

@Suite("A driver may")
struct DriverPermissionTests {
  @Test("do what nothing forbids", arguments: permissions)
  func passes(_ permission: DriverPermission) throws {
    let verdicts = try judge(permission.program, Border(permission.meet))
    #expect(verdicts.breaches.isEmpty, "\(verdicts.breaches.map(\.clause.name))")
    #expect(verdicts.findings.isEmpty, "found \(verdicts.violated.map(\.name))")
  }

  @Test("give up on refused features, with nothing known of what it read")
  func givesUpInTrace() {
    var judge = DriverJudge(deviceType: .block)
    for (number, value) in [0, 1, 3, 0xb].enumerated() {
      judge.write(Register.status.rawValue, value: UInt32(value), at: number)
    }
    judge.read(Register.status.rawValue, at: 4)
    judge.write(Register.status.rawValue, value: 0x83, at: 5)
    #expect(!judge.takeBreaches().contains { $0.clause == .statDrv02 })
  }

  static let permissions = [
    DriverPermission(
      "add FAILED to what it read of a device that refused its features",
      """
      device block
      \(identified)
      write offset=DriverFeaturesSel width=4 value=1
      write offset=DriverFeatures width=4 value=1
      write offset=Status width=4 value=0xb
      read offset=Status width=4
      write offset=Status width=4 value=0x83
      """
    ) {
      $0.profile = { $0.offeredFeatures.insert(.accessPlatform) }
      $0.read = { $0 == .status ? $1 & ~8 : $1 }
    },
    DriverPermission(
      "read the address of a network device that has none of its own",
      "device network withheld=0x20\nnegotiate accept=0xffffffffffffffff flags=identify\nread offset=0x100 width=1"),
    DriverPermission(
      "read how many pairs there are for receive-side scaling",
      "device network withheld=0x400000\nread offset=MagicValue width=4\nread offset=Version width=4\n"
        + "read offset=DeviceID width=4\nread offset=0x108 width=2"
    ) { $0.profile = { $0.offeredFeatures.insert(.netReceiveScaling) } },
    DriverPermission(
      "accept what only legacy devices have",
      """
      device block flags=legacy
      \(identified)
      write offset=DriverFeaturesSel width=4
      write offset=DriverFeatures width=4 value=0x80
      write offset=Status width=4 value=7
      """
    ) { $0.profile = { $0.offeredFeatures.insert(FeatureBits(bit: 7)) } },
    DriverPermission(
      "set up the queues of a legacy device before it says which features it accepts",
      """
      device block flags=legacy
      \(identified)
      page-size bytes=4096
      legacy-queue size=8 align=4096
      write offset=DriverFeaturesSel width=4
      write offset=DriverFeatures width=4 value=0x200
      write offset=Status width=4 value=7
      """),
    DriverPermission(
      "read Version before MagicValue",
      "device block\nread offset=Version width=4\nread offset=MagicValue width=4\nread offset=DeviceID width=4"),
    DriverPermission(
      "say that it is ready in a message that comes back behind the next one",
      """
      device console
      negotiate accept=0xffffffffdfffffff flags=identify
      queue queue=2 size=8
      queue queue=3 size=8
      status set=driver-ok
      publish queue=2 count=4 length=32 flags=kick
      suppress queue=3 by=unwanted
      publish queue=3 request=device-ready
      publish queue=3 request=port-open flags=kick
      service
      """
    ) { border in
      var isBack = false
      border.switchedOn = { isBack = false }
      // The second one first, and the first one once the device has served both.
      border.store = { [unowned border] address, bytes in
        guard let ring = border.queues[3]?.device, address &- ring < SplitRing.deviceAreaSize(8) else { return bytes }
        guard address == ring &+ SplitRing.usedElement(1) else { return nil }
        isBack = true
        return bytes
      }
      border.redirect = { [unowned border] address in
        guard let ring = border.queues[3]?.device, address == ring &+ SplitRing.usedElement(1) else { return address }
        return ring &+ SplitRing.usedElement(0)
      }
      border.besides = { [unowned border] in
        guard isBack, let ring = border.queues[3]?.device else { return [] }
        isBack = false
        let first = [UInt8](repeating: 0, count: 8)
        return [.write(ring &+ SplitRing.usedElement(1), first), .write(ring &+ SplitRing.usedIdx, [2, 0])]
      }
    },
    DriverPermission(
      "look at MagicValue more than once",
      "device block\nread offset=MagicValue width=4\nread offset=MagicValue width=4\nread offset=Version width=4\n"
        + "read offset=DeviceID width=4"),
    DriverPermission(
      "notify a queue while it reads a field in two parts",
      """
      \(running("", device: "block").replacing("accept=0xffffffffdfffffff", with: "accept=0xffffffffdfffffff flags=identify"))
      read offset=ConfigGeneration width=4
      read offset=0x100 width=4
      read offset=0x104 width=4
      publish length=512 flags=kick
      read offset=ConfigGeneration width=4
      """),
    DriverPermission(
      "write the descriptors of a list in any order, if the first one is made available last",
      """
      device entropy flags=packed
      \(ringsUp)
      store address=desc0+0x10 width=8 value=\(buffer)
      store address=desc0+0x18 width=4 value=16
      store address=desc0+0x1e width=2 value=0x82
      store address=desc0+0x1c width=2 value=5
      store address=desc0 width=8 value=\(buffer + 0x100)
      store address=desc0+0x8 width=4 value=16
      store address=desc0+0xc width=2 value=5
      store address=desc0+0xe width=2 value=0x83
      kick
      service
      """),
    DriverPermission(
      "notify with a position that it has moved on from",
      """
      device entropy flags=notification-data+packed
      \(ringsUp)
      publish length=16
      publish length=16
      write offset=QueueNotify width=4 value=0x80010000
      kick
      service
      """),
    DriverPermission(
      "make buffers available before it turns their queue on",
      """
      device entropy flags=packed
      negotiate accept=0xffffffffffffffff flags=identify
      queue size=8 flags=not-ready
      publish length=16
      write offset=QueueReady width=4 value=1
      status set=driver-ok
      kick
      service
      """),
  ]

  private static let identified = """
    read offset=MagicValue width=4
    read offset=Version width=4
    read offset=DeviceID width=4
    write offset=Status width=4
    read offset=Status width=4
    write offset=Status width=4 value=1
    write offset=Status width=4 value=3
    """

  private static let ringsUp = """
    negotiate accept=0xffffffffffffffff flags=identify
    queue size=8
    status set=driver-ok
    """

  private static let buffer = MemoryMap.standard.regions[0].base + 0xa000
}
