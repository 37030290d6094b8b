import VirtioProgram
import VirtioSpec

extension TraceImporter {
  /// Publishes a request, and notifies the device of it.
  mutating func notify(_ queue: UInt32, _ access: Trace.Access) throws(TraceError) {
    guard try useQueue(queue, access) else { return }
    var request = nextRequest(on: queue)
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
  private mutating func nextRequest(on queue: UInt32) -> Step {
    let count = requestCounts[queue, default: 0]
    requestCounts[queue] = count + 1
    let requests =
      switch program.header.device {
      case .entropy: [Self.entropyRequest]
      case .block:
        Self.blockRequests.filter { step in
          accepted.contains(.blkFlush) || step[.choice] != UInt64(Request.flush.rawValue)
        }
      case .console: Self.consoleRequests(on: Int(queue))
      case .network: networkRequests(on: Int(queue))
      }
    return requests[count % requests.count]
  }

  /// Room for characters and messages, characters, and what a driver says of itself and of its first port.
  private static func consoleRequests(on queue: Int) -> [Step] {
    switch Console.Role(ofQueue: queue) {
    case .receive: [Step(.publish, [.count: 4, .length: 1024])]
    case .controlReceive: [Step(.publish, [.count: 16, .length: 32])]
    case .transmit: [Step(.publish, [.length: 32])]
    case .controlTransmit:
      [.deviceReady, .portReady, .portOpen].map { (request: Request) in
        Step(.publish, [.choice: UInt64(request.rawValue)])
      }
    }
  }

  /// Room for frames, frames, and what a driver says of those that it wants.
  private func networkRequests(on queue: Int) -> [Step] {
    let pairs = accepted.contains(.netMultiQueue) ? Int(program.header.pairCount) : 1
    switch Network.Role(ofQueue: queue, pairs: pairs) {
    case .receive: return [Step(.publish, [.index: 1, .count: 8, .length: 1536])]
    case .transmit:
      return [.broadcast, .multicast, .unicast].map { (request: Request) in
        Step(.publish, [.choice: UInt64(request.rawValue), .length: 90])
      }
    case .control, nil:
      return [(.promiscuous, 0), (.allMulticast, 0), (.addressTable, 0x201), (.addTag, 0)].map {
        (request: Request, value: UInt64) in
        Step(.publish, [.choice: UInt64(request.rawValue), .value: value, .index: 1])
      }
    }
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
