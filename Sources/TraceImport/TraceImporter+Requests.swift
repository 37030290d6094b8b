import VirtioProgram
import VirtioSpec

extension TraceImporter {
  /// Publishes a request, and notifies the device of it.
  mutating func notify(_ queue: UInt32, _ access: Trace.Access) throws(TraceError) {
    try useQueue(queue, access)
    var request = nextRequest()
    request[.queue] = UInt64(queue)
    try append(request, access)
    try append(Step(.kick, [.queue: UInt64(queue)]), access)
  }

  /// Takes the handling of a used buffer notification, if it comes next, as a `service`, which takes back what was used.
  mutating func takeService() throws(TraceError) -> Bool {
    let ahead = Array(rest.prefix(2))
    guard ahead.count == 2, ahead[0].reads(.interruptStatus),
      ahead[1].written(to: .interruptACK) == InterruptStatus.usedBuffer.rawValue
    else { return false }
    try append(Step(.service), ahead[0])
    rest.removeFirst(2)
    return true
  }

  /// A request that such a driver makes, unlike the one before.
  private mutating func nextRequest() -> Step {
    defer { requestCount += 1 }
    guard program.header.device == .block else { return Self.entropyRequest }
    let requests = Self.blockRequests.filter { step in
      accepted.contains(.blkFlush) || step[.choice] != UInt64(Request.flush.rawValue)
    }
    return requests[requestCount % requests.count]
  }

  /// What Linux asks of an entropy device at a time: one cache line.
  private static let entropyRequest = Step(.publish, [.choice: UInt64(Request.entropy.rawValue), .length: 64])

  /// What a block device is asked for while a file system is read, written, and written back.
  private static let blockRequests = [
    block(.read, sector: 0, length: 4096),
    block(.getID),
    block(.read, sector: 8, length: 8192, segments: 4),
    block(.write, sector: 24, length: 4096),
    block(.write, sector: 32, length: 8192, segments: 2),
    block(.flush),
    block(.read, sector: 24, length: 512),
  ]

  /// Linux puts requests of more than one piece into an indirect table where it may, and all of these are.
  private static func block(
    _ request: Request, sector: UInt64 = 0, length: UInt64 = 0, segments: UInt64 = 0
  ) -> Step {
    Step(
      .publish,
      [
        .choice: UInt64(request.rawValue), .value: sector, .length: length, .index: segments,
        .flags: UInt64(PublishFlags.indirect.rawValue),
      ])
  }
}
