import VirtioSpec

// In-order use (VIRTIO_F_IN_ORDER): INORDER-DEV, INORDER-DRV.
extension Judge {
  static let inOrderRules: [ClauseID] = [.inorderDev01]

  static let inOrderTraceRules: [ClauseID] = [.inorderDrv01, .inorderDrv02]

  static let inOrderWaivers: [ClauseID: String] = [
    .inorderDev02: "not observable: a permission, which is taken for what it says",
    .inorderDev03: "not observable: a permission, which is taken for what it says",
    .inorderDev04: "needs a device that returns several chains with one element",
  ]

  /// A chain comes back, before all those that were taken later.
  mutating func inorderDev01(_ index: Int) {
    let older = olderChains(than: index)
    check(.inorderDev01, older == 0, seen: UInt64(older), expected: 0)
  }

  /// How many chains of the same queue the device was given before this one, and still holds.
  private func olderChains(than index: Int) -> Int {
    var count = 0
    for other in 0..<shadow.chainsEnd where isOlder(other, than: index) { count += 1 }
    return count
  }

  /// INORDER-DEV-02: a used element with nothing in the slots behind it may stand for all chains up to its own. Those before
  /// are over; what came of them is not said.
  ///
  /// - Parameter left: how many elements the driver can see, from this one on.
  /// - Returns: how many chains were passed over.
  mutating func passOverBatch(_ index: Int, _ slot: UInt32, left: UInt16) -> UInt16 {
    let queue = shadow.chains[index].queue
    let older = olderChains(than: index)
    guard older > 0, older < Int(left) else { return 0 }
    for distance in 1...UInt32(older) {
      let behind = queue * Int(Shadow.maxQueueSize) + Int((slot + distance) & (shadow.queues[queue].size - 1))
      guard shadow.elementLife[behind] != shadow.queues[queue].life else { return 0 }
    }
    passOver(index)
    return UInt16(older)
  }

  /// INORDER-DEV-03: the same of a packed ring, where one used descriptor stands for the descriptors of all of them. That it
  /// does shows when the next one comes: see ``PackedShadow/hasPassedOver``.
  ///
  /// - Returns: how many descriptors were passed over.
  mutating func passOverPackedBatch(_ index: Int, _ place: PackedPlace) -> UInt32 {
    let (queue, count) = (shadow.chains[index].queue, olderDescriptors(than: index))
    guard count > 0 else { return 0 }
    let size = shadow.queues[queue].size
    for distance in 1..<count + shadow.chains[index].slotCount
    where shadow.marks(queue, place.advanced(by: distance, size: size).slot).contains(.isUsed) { return 0 }
    passOver(index)
    return count
  }

  private func olderDescriptors(than index: Int) -> UInt32 {
    var count: UInt32 = 0
    for other in 0..<shadow.chainsEnd where isOlder(other, than: index) { count += shadow.chains[other].slotCount }
    return count
  }

  private mutating func passOver(_ index: Int) {
    shadow.disk.forget()
    shadow.console.loseAllInput()
    if shadow.profile.deviceType == .network { passOverNetwork(shadow.chains[index].queue) }
    for other in 0..<shadow.chainsEnd where isOlder(other, than: index) { shadow.close(other) }
  }

  /// Whether the device holds another chain of the same queue, and was given that before.
  private func isOlder(_ other: Int, than index: Int) -> Bool {
    let (chain, older) = (shadow.chains[index], shadow.chains[other])
    return older.isOpen && older.queue == chain.queue && chain.order &- older.order &- 1 < UInt32.max / 2
  }
}
