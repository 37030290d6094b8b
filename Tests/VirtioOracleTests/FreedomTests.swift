import TestSupport
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioProperties
import VirtioSpec

@Suite("A freedom that the specification leaves")
struct FreedomTests {
  static let freedoms =
    interruptFreedoms + queueFreedoms + featureFreedoms + statusFreedoms + otherFreedoms + chainFreedoms
    + legacyFreedoms

  @Test("is no finding", arguments: freedoms)
  func passes(_ freedom: Freedom) {
    for style in ProgramGenerator.Style.allCases {
      var harness = Harness(device: DeviceDouble(freedom.border()), observer: Judge(memory: .standard))
      var generator = ProgramGenerator(style: style, seed: Cases.seed)
      for number in 0..<Cases.count / 3 {
        let program = generator.program(steps: 24..<64)
        _ = harness.run(program)
        guard let finding = harness.observer.ledger.findings.first(where: { !freedom.warnsOf($0) }) else { continue }
        var shrinker = Shrinker(limit: 3000)
        let small = shrinker.shrink(program) { candidate in
          _ = harness.run(candidate)
          return harness.observer.ledger.findings.contains { $0.clause == finding.clause }
        }
        _ = harness.run(small)
        let shown = harness.observer.ledger.findings.first { $0.clause == finding.clause } ?? finding
        Issue.record("\(shown.story(small, origin: "\(style), program \(number) of seed \(Cases.seed)"))")
        break
      }
    }
  }

  @Test(
    "is a finding where the profile has to declare it and does not", arguments: freedoms.filter { $0.declare != nil })
  func isStrictByDefault(_ freedom: Freedom) throws {
    let program = try #require(freedom.shownBy)
    #expect(try !judge(program, freedom.border(declared: false)).findings.isEmpty)
    #expect(try judge(program, freedom.border()).findings.isEmpty)
  }

  @Test("is a warning at most where it is against advice", arguments: freedoms.filter { !$0.warns.isEmpty })
  func isAgainstAdvice(_ freedom: Freedom) throws {
    let program = try #require(freedom.shownBy)
    let findings = try judge(program, freedom.border()).findings
    #expect(!findings.isEmpty && findings.allSatisfy(freedom.warnsOf))
  }

  @Test("is to serve a table that is longer than the queue, or not to", arguments: [1, 4])
  func servesLongTables(_ factor: UInt32) throws {
    let program = """
      device block
      negotiate accept=0xffffffffdfffffff
      queue size=4
      status set=driver-ok
      descriptor index=0 address=table0 length=96 flags=indirect
      descriptor table=1 index=0 address=buffer0 length=16 flags=next next=1
      descriptor table=1 index=1 address=buffer1 length=512 flags=next+write next=2
      descriptor table=1 index=2 address=buffer2 length=512 flags=next+write next=3
      descriptor table=1 index=3 address=buffer3 length=512 flags=next+write next=4
      descriptor table=1 index=4 address=buffer4 length=512 flags=next+write next=5
      descriptor table=1 index=5 address=buffer5 length=1 flags=write
      offer
      kick
      service
      read offset=Status width=4
      """
    let border = Freedom("A23", "goes by a larger size") { $0.write = { $0 == .queueNum ? $1 * factor : $1 } }.border()
    let verdicts = try judge(program, border)
    #expect(verdicts.findings.isEmpty)
    // It was returned, which is not judged, or it was not.
    #expect((verdicts[.splitDev07].suspended > 0) == (factor > 1))
  }

  @Test("is to refuse a buffer without bytes, for which a needless notification is not to blame")
  func refusesEmptyBuffers() throws {
    let freedom = try #require(Self.freedoms.first { $0.choice == "a buffer without bytes is an error" })
    let program = running("publish fault=zero-length at=2 length=512 flags=kick\nkick\nread offset=Status width=4")
    #expect(try judge(program, freedom.border()).findings.isEmpty)
  }
}

extension Freedom {
  fileprivate func warnsOf(_ finding: Finding) -> Bool {
    finding.severity == .warning && warns.contains(finding.clause)
  }
}
