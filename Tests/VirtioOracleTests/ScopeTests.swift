import TestSupport
import Testing
import VirtioOracle
import VirtioSpec

@Suite("What a verdict leaves out")
struct ScopeTests {
  @Test("is nothing where the driver keeps all rules")
  func isNothing() throws {
    #expect(try judge(running("publish length=512 flags=kick\nservice")).scope.text == nil)
  }

  @Test("goes as far as the access that cannot be judged")
  func isAnAccess() throws {
    let scope = try judge("device block\nread offset=QueueNumMax width=4").scope
    #expect(scope.suspended.map(\.reach).allSatisfy { $0 == .access })
    #expect(
      scope.text
        == "driver broke MMIO-VQ-01 at step 0; suspended for single accesses: MMIO-REG-16, SPLIT-DEV-15")
  }

  @Test("goes as far as the next reset where a queue cannot be told")
  func isTheDevice() throws {
    let scope = try judge(
      """
      device block
      negotiate accept=0xffffffffdfffffff
      queue size=8
      status set=driver-ok
      write offset=QueueReset width=4 value=1
      queue size=16
      publish length=512 flags=kick
      service
      """
    ).scope
    #expect(scope.suspended.contains { $0.clause == .splitDev04 && $0.reach == .device })
    #expect(scope.text?.hasPrefix("driver broke MMIO-DRV-23 at step 4; ") == true)
    #expect(scope.text?.contains("suspended until the next reset: ") == true)
  }
}
