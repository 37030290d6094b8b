import TestSupport
import Testing
import VirtioSpec

@testable import VirtioOracle

@Suite("Each rule for drivers")
struct BreachTests {
  static let cases =
    accessCases + queueCases + interruptCases + statusCases + initializationCases + ringCases + blockCases
    + entropyCases + legacyCases + notificationDataCases + packedCases + consoleCases + networkCases
    + inOrderCases + placeholderCases

  @Test("catches a driver that breaks it, and counts the right one next to it", arguments: cases)
  func catches(_ rule: BreachCase) throws {
    let broken = try judge(rule.broken)
    #expect(broken.breaches.contains { $0.clause == rule.clause }, "\(broken.breaches.map(\.clause.name))")
    #expect(broken.findings.isEmpty, "found \(broken.violated.map(\.name))")
    let kept = try judge(rule.kept)
    #expect(kept[rule.clause].violated == 0, "\(kept.breaches.map(\.clause.name))")
    #expect(kept[rule.clause].satisfied > 0, "\(rule.clause.name) was never judged")
    #expect(kept.findings.isEmpty, "found \(kept.violated.map(\.name))")
  }

  @Test("has nothing to say of a driver that keeps them all")
  func rightDriver() throws {
    let verdicts = try judge(
      """
      device block
      negotiate accept=0xffffffffffffffff flags=identify
      queue size=8
      status set=driver-ok
      publish length=512 flags=kick
      service
      publish request=write length=512 flags=kick+indirect
      service ack=late
      read-config
      stop
      reset
      """)
    #expect(verdicts.breaches.isEmpty, "\(verdicts.breaches.map(\.clause.name))")
  }

  @Test("is about every edge, where the interrupt line has edges")
  func edges() {
    var driver = DriverShadow(queueLimit: 1)
    var ledger = Ledger()
    driver.powerOn(DriverShadow.Facts(hasEdges: true))
    driver.interrupt(true)
    driver.read(.interruptStatus, 1, &ledger)
    driver.write(.interruptACK, 1, &ledger)
    #expect(ledger.breaches.isEmpty)
    driver.interrupt(true)
    driver.write(.interruptACK, 1, &ledger)
    #expect(ledger.breaches.map(\.clause) == [.mmioNotif06])
  }

  @Test("goes by nothing that was read before a reset was over")
  func slowReset() {
    var driver = DriverShadow(queueLimit: 1)
    var ledger = Ledger()
    driver.powerOn(DriverShadow.Facts(resetTakesTime: true))
    driver.write(.status, 0, &ledger)
    driver.write(.queueSel, 0, &ledger)
    driver.read(.queueReady, 1, &ledger)
    driver.read(.interruptStatus, 1, &ledger)
    driver.read(.status, 0, &ledger)
    driver.write(.queueSel, 0, &ledger)
    driver.write(.queueNum, 8, &ledger)
    driver.write(.status, 0, &ledger)
    #expect(ledger.breaches.isEmpty)
  }

  @Test("does not judge the reset behind a program")
  func harness() throws {
    let verdicts = try judge("device block\n")
    #expect(verdicts.breaches.isEmpty, "\(verdicts.breaches.map(\.clause.name))")
  }

  @Test("that is advice, or that binds the driver to itself, is never what was first at fault")
  func firstAtFault() {
    #expect(!DriverFault(clause: .mmioVq04, step: 0).mayMislead)
    #expect(!DriverFault(clause: .eventidxDrv04, step: 0).mayMislead)
    #expect(!DriverFault(clause: .mmioInit01, step: 0).mayMislead)
    #expect(DriverFault(clause: .mmioDrv17, step: 0).mayMislead)
  }

  @Test("asks what is to be erased, too")
  func secureErase() throws {
    func breaches(sector: Int) throws -> Verdicts {
      try judge(
        Self.disk + "publish request=secure-erase sector=\(sector) length=512 flags=kick",
        Border(RuleTests.offeringSecureErase))
    }
    #expect(try breaches(sector: 8).breaches.contains { $0.clause == .blkDrv01 })
    #expect(try breaches(sector: 7)[.blkDrv01].satisfied == 1)
    #expect(try breaches(sector: 7)[.blkDrv01].violated == 0)
  }

  @Test("notifies of chains that were held back, where the device asks for the first of them")
  func heldBack() throws {
    let steps = "publish length=512 flags=no-index\npublish length=512 flags=kick-if-asked\nservice"
    let verdicts = try judge(running(steps, eventIdx: true))
    #expect(!verdicts.breaches.contains { $0.clause == .eventidxDrv03 })
    #expect(verdicts[.splitDev06].satisfied > 0 || verdicts[.mmioReg18].satisfied > 0)
  }

  @Test("knows how many pairs there are for receive-side scaling alone")
  func pairsForScaling() throws {
    let border = Border {
      $0.offer(.netReceiveScaling)
      $0.readConfig = { $0 == NetworkConfig.maxPairs ? 2 : $2 }
    }
    _ = try judge(
      """
      device network queues=2
      negotiate accept=0xffffffffffbfffff
      queue queue=4 size=8
      status set=driver-ok
      publish queue=4 request=promiscuous flags=kick
      """, border)
    #expect(border.descriptors.first?.flags.contains(.write) == false)
  }

  @Test("of 1.4 lets a driver accept VIRTIO_F_SUSPEND, and that of the chapter does not")
  func specifications() {
    for type in [DeviceType.block, .entropy, nil] {
      #expect(Specification.chapter.foreignFeatures(of: type).contains(.suspend))
      #expect(!Specification.version14.foreignFeatures(of: type).contains(.suspend))
    }
  }

  @Test("knows which features a driver has no business with")
  func featureBits() {
    let chapter = Specification.chapter
    let legacy = FeatureBits([.notifyOnEmpty, .anyLayout])
    for type in [DeviceType.block, .console, .entropy, .network, nil] {
      #expect(chapter.foreignFeatures(of: type).isSuperset(of: legacy))
      #expect(chapter.foreignFeatures(of: type, over: .legacy).isDisjoint(with: legacy))
    }
    let gso = FeatureBits(bit: 6)
    #expect(chapter.foreignFeatures(of: .network).isSuperset(of: gso))
    #expect(chapter.foreignFeatures(of: .network, over: .legacy).isDisjoint(with: gso))
    // Hypervisors' own, of network devices.
    let own = FeatureBits(bit: 41).union(FeatureBits(bit: 42))
    #expect(chapter.foreignFeatures(of: .block).isSuperset(of: own))
    #expect(chapter.foreignFeatures(of: .network).isDisjoint(with: own))
    #expect(chapter.foreignFeatures(of: nil).isDisjoint(with: own))
  }
}
