import TestSupport
import VirtioSpec

extension PermissionTests {
  static let consolePermissions = [
    Permission(
      "say nothing in an emergency while nobody listens",
      "device console\nport change=close\nwrite offset=0x108 width=4 value=65"
    ) { $0.emission = { _, _ in nil } },
    Permission(
      "show anything in emerg_wr on the legacy interface",
      "device console flags=legacy\nwrite offset=0x108 width=1 value=65\nread offset=0x108 width=1"
    ) { $0.readConfig = { $0 == ConsoleConfig.emergencyWrite ? 65 : $2 } },
    Permission(
      "drop what comes out of a port that the guest has not opened",
      """
      device console queues=2
      negotiate accept=0xffffffffffffffff
      queue queue=0 size=16
      queue queue=1 size=16
      queue queue=2 size=16
      queue queue=3 size=16
      queue queue=4 size=16
      queue queue=5 size=16
      status set=driver-ok
      publish queue=3 request=device-ready flags=kick
      publish queue=5 length=16 flags=kick
      service
      """
    ) { $0.emission = { $0 == 1 ? nil : $1 } },
    Permission(
      "return a buffer for input as it is that was not all for writing", oneBuffer(queue: 0, "next next=1", "write")
    ) { border in
      border.store = { [unowned border] address, bytes in
        bytes.count == 8 && border.isInRing(address) ? bytes.prefix(4) + [0, 0, 0, 0] : bytes
      }
    },
    Permission(
      "drop output in a buffer that was not all for reading", oneBuffer(queue: 1, "next next=1", "write")
    ) { $0.emission = { _, _ in nil } },
  ]

  /// A chain of two descriptors with these flags.
  private static func oneBuffer(queue: Int, _ first: String, _ second: String) -> String {
    """
    device console
    negotiate accept=0x100000000
    queue queue=0 size=16
    queue queue=1 size=16
    status set=driver-ok
    descriptor queue=\(queue) index=0 length=16 flags=\(first)
    descriptor queue=\(queue) index=1 length=16 flags=\(second)
    offer queue=\(queue)
    kick queue=\(queue)
    deliver length=4
    service
    """
  }
}
