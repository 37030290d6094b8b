import Testing
import VirtioMemory
import VirtioSpec

@testable import VirtioDevice

/// Whoever lends a device memory may take it away behind the check of a chain.
@Suite("Memory that goes away")
struct GoneMemoryTests {
  private static let room: Range<UInt64> = 0x8000..<0x9000

  private func host(without gone: Range<UInt64> = room) -> PlainHost {
    var host = PlainHost()
    host.gone = gone
    return host
  }

  @Test("is not said to have been written by a disk")
  func disk() {
    var model = BlockModel(storage: MemoryStorage(size: 512, limit: 512))
    let header = [UInt8(Block.RequestType.getID.rawValue)] + [UInt8](repeating: 0, count: 15)
    var host = host(without: 0x8014..<0x8015)
    expectEqual(model.serve([header], room: 21, &host).count, 20)
    host.gone = 0x8000..<0x8014
    expectEqual(model.serve([header], room: 21, &host), [])
    expectEqual(host.load(0x8014, as: UInt8.self), Block.RequestStatus.ioError.rawValue)
  }

  @Test("is not said to have been written by a source of entropy")
  func entropy() {
    var model = EntropyModel(source: SeededEntropy(seed: 1))
    var host = host(without: 0x8100..<0x8101)
    expectEqual(model.serve(room: 600, &host).count, 256)
  }

  @Test("is not said to have been written by a console, which has sent nothing out of it")
  func console() {
    var host = host()
    var model = ConsoleModel(portCount: 1)
    model.featuresChanged(to: ConsoleModel.allFeatures)
    _ = model.serve([[0, 0, 0, 0, 0, 0, 1, 0]], queue: 3, &host)
    expectEqual(model.hasInput(2), true)
    expectEqual(model.serve(room: 8, queue: 2, &host), [])
    model.featuresChanged(to: [])
    expectEqual(model.deliver([1, 2, 3 as UInt8].span.bytes, to: 0), 3)
    expectEqual(model.serve(room: 8, queue: 0, &host), [])
    host.gone = 0x2000..<0x2001
    _ = model.serve([[1, 2, 3]], queue: 1, &host)
    expectEqual(host.emitted.isEmpty, true)
  }

  @Test("is not said to have been written by a network, which has sent nothing out of it")
  func network() {
    var host = host()
    var model = NetworkModel(address: 2)
    model.featuresChanged(to: [.version1, .netControlQueue, .netControlReceive])
    expectEqual(model.serve([[0, 0], [1]], room: 1, queue: 2, &host), [])
    let frame = [UInt8](repeating: 0, count: NetworkHeader.size + 60)
    // All of it, and what is behind the header.
    for (gone, written) in [(Self.room, 0), (0x8000 + UInt64(Network.headerSize)..<0x9000, Network.headerSize)] {
      model.filter.modes = .promiscuous
      model.deliver(frame.span.bytes, canReceive: 1)
      host.gone = gone
      expectEqual(model.fit(0, chains: 1, room: 100), .fits)
      let count = model.serve(room: 100, queue: 0, &host).count
      expectEqual(count, written)
      model.reset()
    }
    host.gone = 0x2000..<0x2001
    _ = model.serve([frame], queue: 1, &host)
    expectEqual(host.emitted.isEmpty, true)
  }

  /// A live queue of four, that has taken one chain of a writable buffer.
  private struct Fixture: ~Copyable {
    var queue = VirtQueue()
    let chain: Chain

    init(_ format: RingFormat, _ host: inout PlainHost) throws {
      queue.format = format
      queue.size = 4
      (queue.descriptorArea, queue.driverArea, queue.deviceArea) = (0x1000, 0x2000, 0x3000)
      queue.start()
      var segments = FixedArray(repeating: Segment(address: 0, length: 0), count: Chain.maxSegments)
      let descriptor =
        format == .split
        ? Descriptor(address: 0x8000, length: 4, flags: .write).littleEndian
        : PackedDescriptor(address: 0x8000, length: 4, id: 0, flags: [.write, .available]).littleEndian
      _ = host.store(descriptor, at: 0x1000)
      chain = try queue.take(&segments, from: 0, indirectAllowed: false, memory: &host)
    }

    mutating func complete(isShown: Bool = true, _ host: inout PlainHost) throws(RingFault) {
      try queue.complete(chain, length: 4, isWritten: true, isShown: isShown, memory: &host)
    }
  }

  @Test("is not taken for a ring that a chain was returned to", arguments: [RingFormat.split, .packed])
  func rings(_ format: RingFormat) throws {
    // Each place that is written, by itself: those of a used element, or of a descriptor without its address; then
    // what asks for a notification.
    let returned: [UInt64] = format == .split ? [0x3002, 0x3004] : [0x1008, 0x100c, 0x100e]
    for place in returned {
      for isShown in [true, false] where isShown || place != 0x3002 && place != 0x100e {
        var host = PlainHost()
        var fixture = try Fixture(format, &host)
        host.gone = place..<place + 1
        #expect(throws: RingFault.outsideRAM) { try fixture.complete(isShown: isShown, &host) }
      }
    }
    var host = PlainHost()
    let deviceArea = format == .split ? 0x3000 + SplitRing.availEvent(4) : 0x3000
    host.gone = deviceArea..<deviceArea + 1
    var fixture = try Fixture(format, &host)
    #expect(throws: RingFault.outsideRAM) { _ = try fixture.queue.announce(memory: &host) }
    guard format == .packed else { return }
    // What was held back is written behind the next one.
    try fixture.complete(isShown: false, &host)
    host.gone = 0x100e..<0x1010
    #expect(throws: RingFault.outsideRAM) { try fixture.complete(&host) }
  }
}
