import TestSupport
import VirtioSpec

extension PermissionTests {
  static let registerPermissions = [
    Permission(
      "count only those changes of the configuration that a driver could have seen in part",
      "device block\nnegotiate accept=0xffffffffffffffff\nread offset=ConfigGeneration width=4\nresize sectors=9\n"
        + "read offset=ConfigGeneration width=4"
    ) { $0.read = { $0 == .configGeneration ? 0 : $1 } },
    Permission(
      "have no second request queue for a driver that did not accept VIRTIO_BLK_F_MQ",
      "device block queues=2\nnegotiate accept=0xffffffffffffefff\nqueue queue=1\nread offset=QueueReady width=4"
    ) { hideQueues($0, from: 1) },
    Permission(
      "have no queues of ports for a driver that did not accept VIRTIO_CONSOLE_F_MULTIPORT",
      "device console\nnegotiate accept=0xfffffffffffffffd\nqueue queue=3\nread offset=QueueReady width=4"
    ) { hideQueues($0, from: 2) },
    Permission(
      "have no queue that was reset and not set up again",
      """
      device block
      negotiate accept=0xffffffffffffffff
      queue size=8
      status set=driver-ok
      write offset=QueueReset width=4 value=1
      read offset=QueueReset width=4
      write offset=QueueReady width=4 value=1
      read offset=QueueReady width=4
      """
    ) { border in
      var wasReset = false
      border.write = { register, value in
        if register == .queueReset { wasReset = true }
        return wasReset && register == .queueReady ? nil : value
      }
      border.read = { wasReset && $0 == .queueReady ? 0 : $1 }
    },
    Permission(
      "be reset by a byte that is written to Status",
      """
      device block
      negotiate accept=0xffffffffffffffff
      status set=driver-ok
      read offset=Status width=4
      write offset=Status width=1
      read offset=Status width=4
      """
    ) { border in
      var reads = 0
      border.read = { register, value in
        guard register == .status else { return value }
        reads += 1
        return reads > 3 ? 0 : value
      }
    },
    Permission(
      "return a buffer of entropy as it is that was not all for writing",
      """
      device entropy
      negotiate accept=0x100000000
      queue size=16
      status set=driver-ok
      descriptor index=0 length=16 flags=next next=1
      descriptor index=1 length=16 flags=write
      offer head=0
      kick
      service
      """
    ) { border in
      border.store = { [unowned border] address, bytes in
        bytes.count == 8 && border.isInRing(address) ? bytes.prefix(4) + [0, 0, 0, 0] : bytes
      }
    },
  ]

  /// Queues from one on read as those that are not there, and hear nothing.
  private static func hideQueues(_ border: Border, from first: UInt32) {
    border.read = { [unowned border] register, value in
      border.selected >= first && (register == .queueNumMax || register == .queueReady) ? 0 : value
    }
    border.write = { [unowned border] register, value in
      border.selected >= first && register == .queueReady ? nil : value
    }
  }
}
