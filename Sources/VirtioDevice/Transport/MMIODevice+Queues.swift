import VirtioMemory
import VirtioSpec

extension MMIODevice where Model: ~Copyable {
  /// How much work may still be done before the guest goes on.
  @usableFromInline
  struct Budget {
    @usableFromInline var descriptors = MMIOTransport.descriptorBudget
    @usableFromInline var bytes = MMIOTransport.byteBudget

    @inlinable
    init() {}

    @inlinable
    var isSpent: Bool { descriptors == 0 || bytes == 0 }

    @inlinable
    mutating func spend(_ chain: Chain) {
      // A chain without bytes is work, too.
      descriptors = max(0, descriptors - chain.segmentCount - 1)
      bytes -= min(bytes, chain.readableBytes + chain.writableBytes)
    }
  }

  /// Does what there is to do without the guest: requests whose time has come, and what was left when a budget was
  /// spent. Call it whenever the guest has run, and after each change of the backend.
  @inlinable
  public mutating func poll(host: inout some DeviceHost & ~Copyable) {
    if backendMode != .stalled { finishQueueResets() }
    guard isRunning else { return }
    if !pending.isEmpty && backendMode != .stalled && model.isAvailable { servePending(host: &host) }
    for queue in 0..<Int(options.queueCount) where queues[queue].needsService { serveQueue(queue, host: &host) }
  }

  /// Whether what is available in a queue is left there, for what may come from outside.
  @inlinable
  func waits(_ queue: Int) -> Bool {
    model.receives(queue) && (backendMode == .stalled || !model.hasInput(queue))
  }

  /// Takes and serves what is available in a queue that the device was notified of.
  @inlinable
  mutating func serveQueue(_ queue: Int, host: inout some DeviceHost & ~Copyable) {
    guard isRunning, queues[queue].isReady else { return }
    if waits(queue) {
      queues[queue].needsService = true
      return
    }
    do throws(RingFault) {
      try fillGathered(queue, host: &host)
      queues[queue].needsService = try !takeAvailable(queue, host: &host) || gathered.count(queue) > 0
    } catch {
      needReset(host: &host)
    }
    notifyDriver(queue, host: &host)
  }

  /// Notifies the driver of the chains that were returned, if it wants to be; also of those before a fault.
  @inlinable
  mutating func notifyDriver(_ queue: Int, host: inout some DeviceHost & ~Copyable) {
    let eventIdx = acceptedFeatures.contains(.eventIdx)
    let onEmpty = acceptedFeatures.contains(.notifyOnEmpty)
    do throws(RingFault) {
      if try queues[queue].wantsNotification(eventIdx: eventIdx, onEmpty: onEmpty, memory: &host) {
        raise(.usedBuffer, host: &host)
      }
    } catch {
      needReset(host: &host)
    }
  }

  /// - Returns: whether nothing was left.
  @inlinable
  mutating func takeAvailable(_ queue: Int, host: inout some DeviceHost & ~Copyable) throws(RingFault) -> Bool {
    let eventIdx = acceptedFeatures.contains(.eventIdx)
    let indirect = acceptedFeatures.contains(.indirectDesc)
    var budget = Budget()
    while true {
      var count = try queues[queue].availableCount(&host)
      while count > 0 {
        guard pool.hasRoom, !budget.isSpent, !waits(queue), !gathered.isFull(queue) else { return false }
        let slot = pool.nextSlot
        var chain = try queues[queue].take(
          &pool.segments, from: ChainPool.firstSegment(slot), indirectAllowed: indirect, memory: &host)
        chain.queue = UInt8(truncatingIfNeeded: queue)
        guard queues[queue].format == .split || !holds(chain) else { throw .headHeld }
        budget.spend(chain)
        pool.chains[slot] = chain
        pool.take()
        let isFree = backendMode == .immediate && model.isAvailable && (pending.isEmpty || !keepsOrder)
        if model.receives(queue) {
          gathered.append(slot, queue)
          try fillGathered(queue, host: &host)
        } else if isFree {
          defer { pool.release(slot) }
          try finish(slot, host: &host)
        } else {
          pending.append(UInt8(truncatingIfNeeded: slot))
        }
        count = try queues[queue].availableCount(behind: count, &host)
      }
      // The driver may have added buffers before it could see that it has to notify for them.
      guard eventIdx, try queues[queue].announce(memory: &host) else { return true }
    }
  }

  /// Whether requests are answered in the order in which they were made.
  @inlinable
  var keepsOrder: Bool { Model.isOrdered || acceptedFeatures.contains(.inOrder) }

  /// Whether a chain of the same queue waits that will be returned by the same Buffer ID.
  @inlinable
  func holds(_ chain: Chain) -> Bool {
    for slot in pending {
      let other = pool.chains[Int(slot)]
      if other.queue == chain.queue && other.head == chain.head { return true }
    }
    let queue = Int(chain.queue)
    for index in 0..<gathered.count(queue) where pool.chains[gathered.slot(index, queue)].head == chain.head {
      return true
    }
    return false
  }

  /// Puts what there is for a queue into the chains that were taken for it, as far as they have room.
  @inlinable
  mutating func fillGathered(_ queue: Int, host: inout some DeviceHost & ~Copyable) throws(RingFault) {
    while !waits(queue) {
      var count = 0
      var room: UInt64 = 0
      var fit = InputFit.needsMore
      while fit == .needsMore {
        guard count < gathered.count(queue) else { return }
        room &+= pool.chains[gathered.slot(count, queue)].writableBytes
        count += 1
        fit = model.fit(queue, chains: count, room: room)
      }
      guard fit == .fits else { continue }
      for index in 0..<count {
        let slot = gathered.removeFirst(queue)
        defer { pool.release(slot) }
        try finish(slot, isShown: index == count - 1, host: &host)
      }
    }
  }

  /// Serves the request in a slot of the pool and returns its chain, which the driver sees together with the next one unless
  /// it `isShown`.
  @inlinable
  mutating func finish(
    _ slot: Int, isShown: Bool = true, host: inout some DeviceHost & ~Copyable
  ) throws(RingFault) {
    let chain = pool.chains[slot]
    let length = Self.serve(slot, of: pool, with: &model, host: &host)
    let isWritten = length > 0 || Model.answersAlways && chain.writableBytes > 0
    try queues[Int(chain.queue)].complete(chain, length: length, isWritten: isWritten, isShown: isShown, memory: &host)
  }

  @inlinable
  static func serve(
    _ slot: Int, of pool: borrowing ChainPool, with model: inout Model, host: inout some DeviceHost & ~Copyable
  ) -> UInt32 {
    let chain = pool.chains[slot]
    let first = ChainPool.firstSegment(slot)
    return pool.segments.withSpan(first..<first + chain.segmentCount) {
      model.serve(chain, $0, host: &host)
    }
  }

  @inlinable
  mutating func servePending(host: inout some DeviceHost & ~Copyable) {
    do throws(RingFault) {
      while !pending.isEmpty {
        let isReversed = backendMode == .reversed && !keepsOrder
        let slot = Int(isReversed ? pending.removeLast() : pending.removeFirst())
        defer { pool.release(slot) }
        try finish(slot, host: &host)
      }
    } catch {
      needReset(host: &host)
    }
    for queue in 0..<Int(options.queueCount) { notifyDriver(queue, host: &host) }
  }
}
