import TestSupport
import VirtioSpec

extension PermissionTests {
  static let networkPermissions = batches + pendingCommands + laterCommands + frames

  private static func up(_ steps: String, accept: String = "0xffffffffffffffff") -> String {
    RuleTests.up(accept: accept) + steps
  }

  private static func inOrder(_ program: String) -> String {
    program.replacing("device network", with: "device network flags=in-order")
  }

  /// Leaves out the elements of some slots of a queue's used ring, and the indices up to them, and puts the one behind them
  /// into the first of these slots.
  private static func batch(_ border: Border, queue: UInt32, _ slots: Range<UInt32>) {
    border.store = { [unowned border] address, bytes in
      guard let ring = border.queues[queue]?.device else { return bytes }
      let isLeftOut = slots.contains { address == ring &+ SplitRing.usedElement($0) }
      let isIndex = address == ring &+ SplitRing.usedIdx && slots.contains(UInt32(bytes[0]) &- 1)
      return isLeftOut || isIndex ? nil : bytes
    }
    border.redirect = { [unowned border] address in
      guard let ring = border.queues[queue]?.device, address == ring &+ SplitRing.usedElement(slots.upperBound) else {
        return address
      }
      return ring &+ SplitRing.usedElement(slots.lowerBound)
    }
  }

  // INORDER-DEV-02: what was passed over is used completely.
  private static let batches = [
    Permission(
      "return the buffers of a frame with one element",
      inOrder(RuleTests.merged) + "deliver length=70 pattern=ramp\npoll\nservice"
    ) { batch($0, queue: 0, 0..<2) },
    Permission(
      "return commands with one element",
      inOrder(
        up(
          """
          publish queue=2 request=address-table sector=1 at=4 flags=kick
          backend mode=deferred
          publish queue=2 request=address-table
          publish queue=2 request=promiscuous flags=kick
          backend
          poll
          deliver length=80 at=4
          poll
          poll
          service
          """))
    ) { batch($0, queue: 2, 1..<2) },
    Permission(
      "refuse features that lack what they require",
      "device network\nnegotiate accept=0x100000000 force=19"
    ) { $0.read = { $0 == .status ? $1 & ~8 : $1 } },
  ]

  // What a command asks for holds from when the device was given it, and at the latest from when it comes back.
  private static let pendingCommands = [
    Permission(
      "show an address before the command comes back",
      up(
        """
        backend mode=stalled
        publish queue=2 request=set-address at=3 flags=kick
        read-config field=5
        backend
        poll
        service
        """)
    ) { border in
      let isTold = Box(false)
      border.switchedOn = { isTold.value = false }
      border.write = { register, value in
        if register == .queueNotify, value == 2 { isTold.value = true }
        return value
      }
      border.readConfig = { $0 == 5 && isTold.value ? 3 : $2 }
    },
    Permission(
      "count an address before the command comes back",
      up(
        """
        backend mode=stalled
        read offset=ConfigGeneration width=4
        publish queue=2 request=set-address at=3 flags=kick
        read offset=ConfigGeneration width=4
        """)
    ) { border in
      let told = Box<UInt32>(0)
      border.switchedOn = { told.value = 0 }
      border.write = { register, value in
        if register == .queueNotify, value == 2 { told.value = 1 }
        return value
      }
      border.read = { $0 == .configGeneration ? $1 &+ told.value : $1 }
    },
    Permission(
      "ask for another announcement before the command comes back",
      up(
        """
        link change=announce
        service
        backend mode=stalled
        publish queue=2 request=acknowledge-announcement flags=kick
        link change=announce
        backend
        poll
        service
        read-config field=6
        """)
    ) { $0.readConfig = { $0 == 6 ? $2 | 2 : $2 } },
  ]

  /// The classes of commands of features that came later. VIRTIO_NET_F_RSS_CONTEXT is in the word behind what drivers accept
  /// without being told to.
  private static let laterClasses: [(Int, FeatureBits, force: Int)] = [
    (6, .netCoalescing, 0), (6, .netQueueCoalescing, 0), (7, .netHashTunnel, 0), (8, .netDeviceStatistics, 0),
    (9, .netScalingContext, 65),
  ]

  private static let laterCommands = laterClasses.map { number, feature, force in
    Permission(
      "know commands of class \(number) with a feature that came later",
      up("publish queue=2 request=control at=\(number) flags=kick", accept: "0xffffffffffffffff force=\(force)")
    ) { border in
      border.offer(feature.union(.netReceiveScaling))
      border.store = { [unowned border] in $1.count == 1 && !border.isInRing($0) ? [Network.ok] : $1 }
    }
  }

  private static let frames = [
    Permission("return a receive buffer without a frame", up("deliver length=80 pattern=noise\npoll\nservice")) {
      border in
      border.store = { [unowned border] address, bytes in
        bytes.count == 8 && border.isInRing(address) ? bytes.prefix(4) + [0, 0, 0, 0] : bytes
      }
    },
    Permission(
      "leave a transmit queue alone that the driver has not put into use",
      RuleTests.threePairs + "publish queue=3 length=100 request=unicast flags=kick"
    ) { $0.write = { $0 == .queueNotify && $1 == 3 ? nil : $1 } },
    Permission(
      "give up over a frame without a header",
      up("publish queue=1 length=0 request=unicast fault=short-header flags=kick", accept: "0xfffffffeffffffff")
    ) {
      servingOldDrivers($0)
      givingUp($0, queue: 1)
    },
    Permission(
      "give up over a command without room for an answer",
      up("publish queue=2 request=promiscuous fault=no-status flags=kick", accept: "0xfffffffeffffffff")
    ) {
      servingOldDrivers($0)
      givingUp($0, queue: 2)
    },
    Permission(
      "say nothing of how long an answer is on the legacy interface",
      up(RuleTests.command("promiscuous sector=1")).replacing("device network", with: "device network flags=legacy")
    ) { border in
      border.store = { [unowned border] address, bytes in
        bytes.count == 8 && border.isInRing(address) ? bytes.prefix(4) + [0, 0, 0, 0] : bytes
      }
    },
    Permission(
      "take over an address of a driver of before version 1",
      up("write offset=0x105 width=1 value=9\nread-config field=5", accept: "0xfffffffeff7fffff")
    ) {
      servingOldDrivers($0)
      $0.readConfig = { $0 == 5 ? 9 : $2 }
    },
  ]

  /// The device accepts sets without VIRTIO_F_VERSION_1.
  private static func servingOldDrivers(_ border: Border) {
    let selector = Box<UInt32>(0)
    border.write = { register, value in
      if register == .driverFeaturesSel { selector.value = value }
      return register == .driverFeatures && selector.value == 1 ? value | 1 : value
    }
  }

  /// The device reads what it is given in a queue, and never returns it.
  private static func givingUp(_ border: Border, queue: UInt32) {
    border.store = { [unowned border] address, bytes in
      guard let ring = border.queues[queue], address &- ring.device < SplitRing.deviceAreaSize(ring.size) else {
        return bytes
      }
      return nil
    }
    border.read = { $0 == .interruptStatus ? 0 : $1 }
    border.line = { _ in nil }
  }
}
