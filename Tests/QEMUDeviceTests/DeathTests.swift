import Foundation
import Testing
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

@testable import QEMUDevice

/// Whether QEMU is installed: where it is not, nothing of it can be tried.
let hasQEMU =
  ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").contains {
    FileManager.default.isExecutableFile(atPath: "\($0)/qemu-system-aarch64")
  } ?? false

@Suite("A QEMU that goes away", .enabled(if: hasQEMU, "qemu-system-aarch64 is not installed"))
struct DeathTests {
  private let program: Program

  init() throws {
    program = try Program(
      text: """
        virtio-program 1
        device block
        negotiate accept=0x100000000
        queue size=4
        status set=driver-ok
        publish request=read length=512 flags=kick
        service

        """)
  }

  @Test(
    "is a finding once, and the next program has a new one", arguments: [(SIGKILL, ClauseID.rob01), (SIGSTOP, .rob02)])
  func death(signal: Int32, clause: ClauseID) throws {
    var harness = Harness(
      device: try QEMUDevice(QEMUOptions("blk")), observer: Judge(memory: QEMUMachine(.virt).memory))
    _ = harness.run(program)
    #expect(harness.observer.ledger.findings.isEmpty)
    let process = try #require(harness.device.processIdentifier)
    kill(process, signal)
    let summary = harness.run(program)
    #expect(harness.observer.ledger.findings.map(\.clause) == [clause])
    #expect(summary.executedSteps == 0)
    let again = harness.run(program)
    #expect(harness.observer.ledger.findings.isEmpty)
    #expect(again.completedChains == 1)
    #expect(harness.device.processIdentifier != process)
  }
}
