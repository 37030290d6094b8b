import VirtioSpec

// What the header of a frame that the guest is given says is left to do: NET-DEV-23 to -26, -29, -30.
extension Judge {
  /// NET-DEV-24, -25: what can be said of a header before it is known which frame is behind it.
  ///
  /// - Parameter allowed: what the guest takes over.
  mutating func judgeSegmentation(_ header: NetworkHeader, _ allowed: FeatureBits) {
    let type = header.segmentation & ~Network.tunnelTypes
    guard type != 0 else { return }
    let kinds: FeatureBits
    switch type {
    case Network.gsoTCP4: kinds = .netGuestTSO4
    case Network.gsoTCP6: kinds = .netGuestTSO6
    case Network.gsoUDP: kinds = .netGuestUFO
    case Network.gsoUDPSegments: kinds = [.netGuestUSO4, .netGuestUSO6]
    default: return
    }
    check(.netDev24, !allowed.isDisjoint(with: kinds), seen: UInt64(header.gsoType), expected: 0)
    check(
      .netDev25, header.needsChecksum && header.gsoSize > 0,
      seen: UInt64(header.flags) | UInt64(header.gsoSize) << 32, expected: UInt64(Network.needsChecksum) | 1 << 32)
  }

  /// Which offloads the guest takes over of those that it accepted, for a frame that came at some time. What was on its way when
  /// it turned some off may still have them.
  func guestOffloads(_ features: FeatureBits, cameAt order: UInt64) -> FeatureBits {
    let accepted = features.intersection(.netGuestOffloads)
    guard order > shadow.network.offloadsOrder, !isCommandPending, shadow.areCommandsSeen else { return accepted }
    return accepted.intersection(FeatureBits(rawValue: UInt128(shadow.network.offloads)))
  }

  /// What is left to do for a frame is what was left when it came, or less.
  mutating func judgeOffload(_ place: Int, _ pair: Int, _ features: FeatureBits) {
    let told = shadow.network.assemblies[pair].header
    let frame = shadow.network.frames[place]
    let knowsAll = shadow.network.knowsAllFrames
    let allowed = guestOffloads(features, cameAt: knowsAll ? frame.order : 0)
    judgeSegmentation(told, allowed)
    // It may be another one, with the same bytes.
    guard knowsAll else { return ledger.suspend(.netDev26, for: .queue) }
    if features.contains(.netGuestChecksum), told.needsChecksum, told.flags & Network.coalescingInfo == 0 {
      let isRight = shadow.network.isCompleted(place, pair, by: told)
      check(.netDev26, isRight, seen: UInt64(told.checksumPlace), expected: UInt64(frame.header.checksumPlace))
    } else if frame.header.needsChecksum, frame.isSound, !features.contains(.netGuestChecksum) {
      let seen = shadow.network.receivedChecksum(place, pair)
      let expected = shadow.network.checksum(of: place)
      check(.netDev23, seen == expected, seen: UInt64(seen), expected: UInt64(expected))
    }
    guard told.segmentation != 0, frame.header.segmentation != 0, frame.isSound else { return }
    let start = Int(frame.header.checksumStart)
    if frame.header.hasECN,
      shadow.network.byte(start + Internet.tcpFlags, of: place) & Internet.congestionWindowReduced != 0
    {
      if allowed.contains(.netGuestECN) {
        if told.hasECN {
          ledger.satisfy(.netDev29)
        } else {
          violate(.netDev29, seen: 0, expected: UInt64(Network.gsoECN), severity: .error)
        }
      } else if !features.contains(.netGuestECN) {
        violate(.netDev29, seen: UInt64(told.gsoType), expected: 0)
      }
    }
    let size = start + shadow.network.tcpHeaderSize(of: place)
    check(.netDev30, Int(told.headerLength) >= size, seen: UInt64(told.headerLength), expected: UInt64(size))
  }
}
