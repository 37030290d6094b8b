import VirtioSpec

// What a driver does in front of a legacy device (section 4.2.4).
extension Driver {
  /// The page size and the alignment of a driver that has no reason for others, in bytes.
  @inlinable public static var usualPageSize: UInt32 { 4096 }

  @inlinable
  mutating func setPageSize(_ size: UInt32, _ port: inout some DriverPort & ~Copyable) -> Bool {
    guard transport == .legacy else { return false }
    pageSize = size
    write(.guestPageSize, size, &port)
    return true
  }

  /// Virtqueue configuration of the legacy interface: all three areas in one block, which begins with a page.
  @inlinable
  mutating func setUpLegacyQueue(
    _ step: Step, align: UInt32, _ port: inout some DriverPort & ~Copyable
  ) -> Bool {
    guard transport == .legacy else { return false }
    let queue = Int(step[.queue])
    let size = UInt32(step[.size])
    let flags = QueueFlags(rawValue: UInt16(step[.flags]))
    let isUsable =
      SplitRing.isValidSize(size) && size <= DriverQueue.maxSize && LegacyRing.isValidUnit(align) && pageSize != 0
    var start = layout.legacyRing(ofQueue: queue, size: isUsable ? size : 1, align: isUsable ? align : 1, step[.choice])
    switch QueueFault(rawValue: UInt8(step[.fault])) ?? .none {
    case .none, .unaligned: break
    case .hole: start = layout.hole(step[.choice])
    case .regionEnd: start = layout.regionEnd(step[.choice]) &- 16
    case .top: start = 0 &- 1
    case .regionStart: start = layout.regionStart(step[.choice]) &- 1
    }
    // With no page size there is no page. Of a start inside of a page, it is the page.
    let page = UInt32(truncatingIfNeeded: start / UInt64(max(pageSize, 1)))
    let areas = RingAreas(atPage: page, of: pageSize, size: isUsable ? size : 1, align: isUsable ? align : 1)

    write(.queueSel, UInt32(queue), &port)
    _ = read(.queuePFN, &port)
    _ = read(.queueNumMax, &port)
    if isUsable && !flags.contains(.keepMemory) {
      _ = write(.zero, seed: 0, length: Int(SplitRing.driverAreaSize(size)), at: areas.driver, &port)
      _ = write(.zero, seed: 0, length: Int(SplitRing.deviceAreaSize(size)), at: areas.device, &port)
    }
    if !flags.contains(.noSize) { write(.queueNum, size, &port) }
    write(.queueAlign, align, &port)
    if isUsable { queues[queue].start(size: size, areas: areas) } else { queues[queue].size = 0 }
    queues[queue].isInOrder = false
    if !flags.contains(.notReady) { write(.queuePFN, page, &port) }
    return true
  }
}

extension Layout {
  /// Whether a legacy queue fits the space for rings, from a page on that is in the region.
  public static func hasRoom(forLegacySize size: UInt32, align: UInt32, pageSize: UInt32) -> Bool {
    guard SplitRing.isValidSize(size), size <= ringSizeLimit, LegacyRing.isValidUnit(align) else { return false }
    return LegacyRing.blockSize(size, align: align) <= tables
      && LegacyRing.isValidUnit(pageSize) && UInt64(pageSize) <= minRegionSize
  }

  /// Where the block of a legacy queue goes: as far from those of the others as it needs.
  @inlinable
  func legacyRing(ofQueue queue: Int, size: UInt32, align: UInt32, _ region: UInt64) -> UInt64 {
    let fits = LegacyRing.blockSize(size, align: align) <= Self.ringStride
    return base(region + UInt64(queue)) + (fits ? Self.place(ofQueue: queue) : 0)
  }
}

extension RingAreas {
  /// The areas of a legacy queue. `align` is a power of two.
  @inlinable
  init(atPage page: UInt32, of pageSize: UInt32, size: UInt32, align: UInt32) {
    descriptors = UInt64(page) &* UInt64(pageSize)
    driver = descriptors &+ LegacyRing.driverArea(size)
    device = descriptors &+ LegacyRing.deviceArea(size, align: align)
  }
}
