import VirtioProgram
import VirtioSpec

extension TraceImporter {
  /// Takes the set-up of a queue, if it comes next, as a `queue`, which knows where the program's memory has room.
  mutating func takeQueueSetUp() throws(TraceError) -> Bool {
    guard let first = rest.first, let queue = first.written(to: .queueSel) else { return false }
    var ahead = rest.dropFirst()
    var written: [Register] = []
    var size: UInt32 = 0
    while let access = ahead.first, let register = Register(rawValue: access.offset),
      register.isQueueSetUp || register == .queueReady || register == .queueNumMax
    {
      ahead.removeFirst()
      guard let value = access.value else { continue }
      if register == .queueNum { size = value }
      written.append(register)
      guard register == .queueReady else { continue }
      guard value == 1, let flags = Self.flags(written) else { return false }
      rest = ahead
      guard try selectQueue(queue, first) else { return true }
      let size = try useQueueSize(queue, size, first)
      try append(
        Step(.queue, [.queue: UInt64(queue), .size: UInt64(size), .flags: UInt64(flags.rawValue)]), first)
      return true
    }
    return false
  }

  /// Takes the stop of a queue, if it comes next, as a `stop`.
  mutating func takeQueueStop() throws(TraceError) -> Bool {
    let ahead = Array(rest.prefix(3))
    guard ahead.count == 3, let queue = ahead[0].written(to: .queueSel), ahead[1].written(to: .queueReady) == 0,
      ahead[2].reads(.queueReady)
    else { return false }
    rest.removeFirst(3)
    guard try selectQueue(queue, ahead[0]) else { return true }
    try append(Step(.stop, [.queue: UInt64(queue)]), ahead[0])
    return true
  }

  /// How the registers of a set-up were written; nil if not each of them was, once, in an order that a `queue` has.
  private static func flags(_ written: [Register]) -> QueueFlags? {
    switch written {
    case lowFirst: []
    case highFirst: .highFirst
    default: nil
    }
  }

  private static let lowFirst: [Register] = [
    .queueNum, .queueDescLow, .queueDescHigh, .queueDriverLow, .queueDriverHigh, .queueDeviceLow, .queueDeviceHigh,
    .queueReady,
  ]
  private static let highFirst: [Register] = [
    .queueNum, .queueDescHigh, .queueDescLow, .queueDriverHigh, .queueDriverLow, .queueDeviceHigh, .queueDeviceLow,
    .queueReady,
  ]
}
