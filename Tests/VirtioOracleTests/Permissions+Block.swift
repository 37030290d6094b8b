import TestSupport
import VirtioSpec

extension PermissionTests {
  static let blockPermissions = [
    Permission(
      "serve a request with the barrier bit of old",
      running(
        """
        publish request=write sector=0 length=512 flags=kick
        publish request=write sector=0 length=512
        store address=buffer0+0x220 width=4 value=0x80000001
        fill address=buffer0+0x240 length=512 pattern=ones
        kick
        publish request=read sector=0 length=512 flags=kick
        service
        """)
    ) { border in
      // As if it had carried out the second request.
      border.store = { [unowned border] address, bytes in
        if border.isInRing(address) { return bytes }
        return bytes.count == 512 ? [UInt8](repeating: 0xff, count: 512) : bytes == [2] ? [0] : bytes
      }
    },
    Permission(
      "have any cache mode while it is being reset",
      """
      device block
      negotiate accept=0xfffffffffffffdff
      queue size=16
      status set=driver-ok
      write offset=Status width=4
      read-config field=11
      poll
      poll
      poll
      """
    ) { border in
      slowReset(polls: 3)(border)
      border.profile = { $0.freedoms.resetPolls = 3 }
      border.readConfig = { $0 == BlockConfig.writeback ? 1 : $2 }
    },
    Permission(
      "decide on a discard before the disk grows",
      """
      device block capacity=64
      negotiate accept=0xffffffffffffffff
      queue size=16
      status set=driver-ok
      backend mode=stalled
      publish request=discard sector=100 length=512 flags=kick+unmap
      resize sectors=1000
      backend
      poll
      service
      """
    ) { border in
      border.store = { [unowned border] address, bytes in bytes.count == 1 && !border.isInRing(address) ? [1] : bytes }
    },
  ]
}
