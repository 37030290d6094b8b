import VirtioSpec

// In-order use (VIRTIO_F_IN_ORDER): INORDER-DEV, INORDER-DRV.
extension Judge {
  static let inOrderRules: [ClauseID] = [.inorderDev01]

  static let inOrderTraceRules: [ClauseID] = [.inorderDrv01]

  static let inOrderWaivers: [ClauseID: String] = [
    .inorderDev02: "not observable: a permission, which is taken for what it says",
    .inorderDev03: "not observable: a permission; no device here makes use of it, and it is not followed",
    .inorderDev04: "needs a device that returns several chains with one element",
  ]

  /// A chain comes back, before all those that were taken later.
  mutating func inorderDev01(_ index: Int) {
    let older = olderChains(than: index)
    check(.inorderDev01, older == 0, seen: UInt64(older), expected: 0)
  }

  /// How many chains of the same queue the device was given before this one, and still holds.
  private func olderChains(than index: Int) -> Int {
    let chain = shadow.chains[index]
    var count = 0
    for other in 0..<shadow.chainsEnd where shadow.chains[other].isOpen && shadow.chains[other].queue == chain.queue {
      if chain.order &- shadow.chains[other].order &- 1 < UInt32.max / 2 { count += 1 }
    }
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
    let order = shadow.chains[index].order
    shadow.disk.forget()
    shadow.console.loseAllInput()
    for other in 0..<shadow.chainsEnd where shadow.chains[other].isOpen && shadow.chains[other].queue == queue {
      if order &- shadow.chains[other].order &- 1 < UInt32.max / 2 { shadow.close(other) }
    }
    return UInt16(older)
  }
}
