import VirtioProgram
import VirtioSpec

extension TraceImporter {
  /// Takes the set-up of a legacy queue, if it comes next, as a `legacy-queue`, which knows where the program's memory
  /// has room.
  mutating func takeLegacyQueueSetUp() throws(TraceError) -> Bool {
    guard let first = rest.first, let queue = first.written(to: .queueSel) else { return false }
    var ahead = rest.dropFirst()
    while let access = ahead.first, access.reads(.queuePFN) || access.reads(.queueNumMax) { ahead.removeFirst() }
    let settings = Array(ahead.prefix(3))
    guard settings.count == 3, let size = settings[0].written(to: .queueNum),
      let align = settings[1].written(to: .queueAlign), let page = settings[2].written(to: .queuePFN), page != 0
    else { return false }
    rest = ahead.dropFirst(3)
    guard try selectQueue(queue, first) else { return true }
    guard Layout.hasRoom(forLegacySize: size, align: align, pageSize: pageSize) else {
      throw TraceError(.noRoom(queue: queue, size: size, align: align, pageSize: pageSize), line: first.line)
    }
    let used = try useQueueSize(queue, size, first)
    let fields: KeyValuePairs<StepField, UInt64> = [
      .queue: UInt64(queue), .size: UInt64(used), .length: UInt64(align),
    ]
    try append(Step(.legacyQueue, fields), first)
    return true
  }

  /// Takes the stop of a legacy queue, if it comes next, as a `stop`, which also looks whether that is so.
  mutating func takeLegacyQueueStop() throws(TraceError) -> Bool {
    let ahead = Array(rest.prefix(3))
    guard ahead.count >= 2, let queue = ahead[0].written(to: .queueSel), ahead[1].written(to: .queuePFN) == 0 else {
      return false
    }
    rest.removeFirst(ahead.last!.reads(.queuePFN) ? 3 : 2)
    guard try selectQueue(queue, ahead[0]) else { return true }
    try append(Step(.stop, [.queue: UInt64(queue)]), ahead[0])
    return true
  }
}
