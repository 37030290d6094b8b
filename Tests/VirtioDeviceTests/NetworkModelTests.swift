import Testing
import VirtioMemory
import VirtioSpec

@testable import VirtioDevice

@Suite("A network model")
struct NetworkModelTests {
  private static let own: UInt64 = 0x0506_0708_0902

  /// With two pairs, and all features but those that frames would have to be changed for.
  private func network(without features: FeatureBits = []) -> NetworkModel {
    var network = NetworkModel(address: Self.own, pairs: 2)
    let offloads: FeatureBits = [.netChecksum, .netHostTSO4, .netHostTSO6, .netHostECN]
    network.featuresChanged(
      to: network.features.subtracting(.netGuestOffloads).subtracting(offloads).subtracting(features)
        .union(.version1))
    return network
  }

  private func bytes(_ address: UInt64) -> [UInt8] {
    (0..<6).map { UInt8(truncatingIfNeeded: address >> (8 * UInt64($0))) }
  }

  private func frame(to: UInt64 = own, from: UInt64 = 0x10, count: Int = 60) -> [UInt8] {
    bytes(to) + bytes(from) + [8, 0] + (0..<count - 14).map { UInt8(truncatingIfNeeded: $0) }
  }

  private func deliver(_ frame: [UInt8], to network: inout NetworkModel, canReceive: UInt8 = 0b11) {
    let all = [UInt8](repeating: 0, count: NetworkHeader.size) + frame
    network.deliver(all.span.bytes, canReceive: canReceive)
  }

  private func command(
    _ command: Network.Command, _ argument: [UInt8], _ network: inout NetworkModel, _ host: inout PlainHost
  ) -> [UInt8] {
    let number = [UInt8(truncatingIfNeeded: command.rawValue), UInt8(command.rawValue >> 8)]
    return network.serve([number, argument], room: 1, queue: 4, &host)
  }

  private struct Received: Equatable {
    let pair: Int
    let bytes: [UInt8]
  }

  /// The pair whose queue has something, and what it gets out of it.
  private func received(_ network: inout NetworkModel, _ host: inout PlainHost) -> Received? {
    for pair in 0..<2 where network.hasInput(2 * pair) {
      expectEqual(network.fit(2 * pair, chains: 1, room: 2048), .fits)
      return Received(pair: pair, bytes: network.serve(room: 2048, queue: UInt8(2 * pair), &host))
    }
    return nil
  }

  @Test("hands frames on as they are, behind a header that counts their buffers")
  func handsOn() {
    var host = PlainHost()
    var network = network()
    deliver(frame(), to: &network)
    let header: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]
    expectEqual(received(&network, &host)?.bytes, header + frame())
    expectEqual(received(&network, &host), nil)
    _ = network.serve([header, frame(to: 0x22)], queue: 1, &host)
    expectEqual(host.emitted.map(\.bytes), [[UInt8](repeating: 0, count: NetworkHeader.size) + frame(to: 0x22)])
  }

  @Test("sends what has the addresses and the type of a frame, and nothing shorter")
  func sendsFrames() {
    var host = PlainHost()
    var network = network()
    let header = [UInt8](repeating: 0, count: Network.headerSize)
    for count in [0, 13, 14, 15] {
      _ = network.serve([header + frame(count: 60).prefix(count)], queue: 1, &host)
    }
    expectEqual(host.emitted.map(\.bytes.count), [NetworkHeader.size + 14, NetworkHeader.size + 15])
    _ = network.setLink(false)
    _ = network.serve([header + frame()], queue: 1, &host)
    deliver(frame(), to: &network)
    expectEqual(host.emitted.count, 2)
    expectEqual(received(&network, &host), nil)
  }

  @Test("gives frames from an address to the pair that last sent to it, and to any other while that is away")
  func steers() {
    var host = PlainHost()
    var network = network()
    expectEqual(command(.setQueuePairs, [2, 0], &network, &host), [0])
    for pair in [0, 1, 0] {
      let header = [UInt8](repeating: 0, count: Network.headerSize)
      _ = network.serve([header, frame(to: 0x0700_0000_0022, from: Self.own)], queue: UInt8(2 * pair + 1), &host)
      deliver(frame(from: 0x0700_0000_0022), to: &network)
      expectEqual(received(&network, &host)?.pair, pair)
      deliver(frame(from: 0x0700_0000_0022), to: &network, canReceive: pair == 0 ? 0b10 : 0b01)
      expectEqual(received(&network, &host)?.pair, 1 - pair)
    }
    deliver(frame(), to: &network, canReceive: 0)
    expectEqual(received(&network, &host), nil)
  }

  @Test("drops what waits for a pair that is not used any more")
  func givesUpPairs() {
    var host = PlainHost()
    var network = network()
    expectEqual(command(.setQueuePairs, [2, 0], &network, &host), [0])
    deliver(frame(), to: &network, canReceive: 0b10)
    expectEqual(network.hasInput(2), true)
    expectEqual(command(.setQueuePairs, [2, 0], &network, &host), [0])
    expectEqual(network.hasInput(2), true)
    expectEqual(command(.setQueuePairs, [1, 0], &network, &host), [0])
    expectEqual(network.hasInput(2), false)
  }

  @Test("has eight frames waiting at most, and none that is too long")
  func limits() {
    var host = PlainHost()
    var network = network()
    for index in 0..<9 { deliver(frame(count: 60 + index), to: &network) }
    var lengths: [Int] = []
    while let received = received(&network, &host) { lengths.append(received.bytes.count - Network.headerSize) }
    expectEqual(lengths, Array(60..<68))
    network.featuresChanged(to: network.accepted.subtracting(.netControlVLAN))
    let tag: [UInt8] = [0x81, 0, 0, 1]
    for (longest, tag) in [(1514, []), (1518, tag)] {
      let address = frame().prefix(12)
      deliver(address + tag + frame(count: longest - tag.count).dropFirst(12), to: &network)
      expectEqual(received(&network, &host)?.bytes.count, Network.headerSize + longest)
      deliver(address + tag + frame(count: longest - tag.count + 1).dropFirst(12), to: &network)
      expectEqual(received(&network, &host), nil)
    }
    var chain = Chain()
    chain.queue = 1
    let segments = [Segment](repeating: Segment(address: 0x1000, length: 40_000), count: 2)
    chain.readableCount = 2
    chain.readableBytes = 80_000
    _ = network.serve(chain, segments.span, host: &host)
    expectEqual(host.emitted.isEmpty, true)
  }

  @Test(
    "waits for as many buffers as it can gather, where they may be merged, and drops what needs more",
    arguments: [false, true])
  func gathers(_ isMerging: Bool) {
    var network = network(without: isMerging ? [] : .netMergeableBuffers)
    for chains in [1, GatheredChains.limit - 1, GatheredChains.limit] {
      deliver(frame(), to: &network)
      let waits = isMerging && chains < GatheredChains.limit
      expectEqual(network.fit(0, chains: chains, room: 71), waits ? .needsMore : .dropped)
      expectEqual(network.hasInput(0), waits)
      if waits { expectEqual(network.fit(0, chains: chains, room: 72), .fits) }
      network.reset()
      network.featuresChanged(to: isMerging ? [.version1, .netMergeableBuffers] : .version1)
    }
  }

  @Test("sends what may be cut up to the size of a packet", arguments: [0, 1])
  func sendsLargeFrames(_ excess: Int) {
    var host = PlainHost()
    var network = NetworkModel(address: Self.own)
    network.featuresChanged(to: [.version1, .netChecksum, .netHostTSO4])
    // Behind the header, a packet of TCP and IPv4.
    var header = [UInt8](repeating: 0, count: Network.headerSize)
    header.replaceSubrange(0..<10, with: [Network.needsChecksum, Network.gsoTCP4, 54, 0, 100, 0, 34, 0, 16, 0])
    var packet = frame(count: 100)
    packet[34 + Internet.tcpDataOffset] = 5 << 4
    for (index, byte) in (header + packet).enumerated() { _ = host.store(byte, at: 0x1000 + UInt64(index)) }
    let head = UInt32(header.count + packet.count)
    let rest = UInt32(FrameQueue.maxLargeFrame - packet.count + excess)
    let segments =
      [Segment(address: 0x1000, length: head)]
      + (0..<2).map { Segment(address: 0x1200, length: $0 == 0 ? rest / 2 : rest - rest / 2) }
    var chain = Chain()
    chain.queue = 1
    chain.readableCount = 3
    chain.readableBytes = UInt64(head + rest)
    _ = network.serve(chain, segments.span, host: &host)
    expectEqual(host.emitted.map(\.bytes.count), excess == 0 ? [NetworkHeader.size + FrameQueue.maxLargeFrame] : [])
  }

  @Test("filters by a table, and takes in all of a kind that it has no room for", arguments: [0, 2, 63, 64, 65])
  func filters(_ count: Int) {
    var host = PlainHost()
    var network = network()
    func table(_ addresses: [UInt64]) -> [UInt8] {
      [UInt8(truncatingIfNeeded: addresses.count), UInt8(addresses.count >> 8), 0, 0] + addresses.flatMap(bytes)
    }
    let listed = (0..<count).map { 0x1000 + UInt64($0) * 0x100 }
    expectEqual(command(.setAddressTable, table(listed) + table([0x101, 0x201]), &network, &host), [0])
    let isFull = count > 62
    for address in listed {
      deliver(frame(to: address), to: &network)
      expectEqual(received(&network, &host) != nil, true)
    }
    deliver(frame(to: 0x201), to: &network)
    expectEqual(received(&network, &host) != nil, true)
    deliver(frame(to: 0x301), to: &network)
    expectEqual(received(&network, &host) != nil, isFull)
    deliver(frame(to: 0x0900_0000_0000), to: &network)
    expectEqual(received(&network, &host) != nil, count > 64)
    // Another table leaves nothing of it.
    expectEqual(command(.setAddressTable, table([]) + table([]), &network, &host), [0])
    deliver(frame(to: 0x201), to: &network)
    expectEqual(received(&network, &host), nil)
  }

  @Test(
    "takes in by its receive modes, while they are on",
    arguments: [
      (Network.Command.promiscuous, [true, true, true, true], [true, false, false, true]),
      (.allMulticast, [true, false, true, true], [true, false, false, true]),
      (.allUnicast, [true, true, false, true], [true, false, false, true]),
      (.noMulticast, [true, false, false, true], [true, false, false, true]),
      (.noUnicast, [false, false, false, true], [true, false, false, true]),
      (.noBroadcast, [true, false, false, false], [true, false, false, true]),
    ])
  func modes(_ mode: Network.Command, _ whileOn: [Bool], _ behind: [Bool]) {
    var host = PlainHost()
    var network = network()
    for (isOn, expected) in [(1, whileOn), (0, behind)] as [(UInt8, [Bool])] {
      expectEqual(command(mode, [isOn], &network, &host), [0])
      for (address, passes) in zip([Self.own, 0x0800, 0x0301, Ethernet.broadcast], expected) {
        deliver(frame(to: address), to: &network)
        expectEqual(received(&network, &host) != nil, passes)
      }
    }
  }

  @Test("completes checksums, of which 0 would say that there is none")
  func checksums() {
    var header = NetworkHeader(flags: Network.needsChecksum)
    header.checksumStart = 2
    header.checksumOffset = 4
    // The byte behind the checksum is the upper half of a word.
    for (data, last, checksum) in [
      ([0xff, 0xff, 0, 0], 0, [0xff, 0xff]), ([0x12, 0x34, 0, 0], 0, [0xed, 0xcb]),
      ([0x12, 0x34, 0, 0], 5, [0xe8, 0xcb]), ([0xff, 0xff, 0x80, 0x01], 0, [0x7f, 0xfe]),
      ([0xff, 0xff, 0, 1], 0, [0xff, 0xfe]),
    ] as [([UInt8], UInt8, [UInt8])] {
      var bytes = TrackedBytes(count: 16)
      let frame: [UInt8] = [9, 9] + data + [0, 0, last]
      bytes.write(frame.span.bytes, at: 3)
      bytes.completeChecksum(3, length: frame.count, header)
      let result = bytes.withBytes(3 + 6, 2) {
        [$0.unsafeLoad(as: UInt8.self), $0.unsafeLoad(fromByteOffset: 1, as: UInt8.self)]
      }
      #expect(result == checksum)
    }
  }

  @Test("filters by tags, with all twelve bits")
  func filtersTags() {
    var host = PlainHost()
    var network = network()
    func tagged(_ tag: UInt16) -> [UInt8] {
      bytes(Self.own) + bytes(0x10) + [0x81, 0, UInt8(0xe0 | tag >> 8), UInt8(truncatingIfNeeded: tag)]
        + [UInt8](repeating: 9, count: 60)
    }
    expectEqual(command(.addVLAN, [0x45, 3], &network, &host), [0])
    for (tag, passes) in [(0x345, true), (0x305, false), (0x45, false), (0x344, false), (0x40, false), (0, false)]
      as [(UInt16, Bool)]
    {
      deliver(tagged(tag), to: &network)
      expectEqual(received(&network, &host) != nil, passes)
    }
    deliver(frame(), to: &network)
    expectEqual(received(&network, &host) != nil, true)
    expectEqual(command(.deleteVLAN, [0x45, 3], &network, &host), [0])
    deliver(tagged(0x345), to: &network)
    expectEqual(received(&network, &host), nil)
    // A frame that ends inside of its tag is none.
    deliver(Array(tagged(0x345).prefix(17)), to: &network)
    expectEqual(received(&network, &host), nil)
  }

  @Test("refuses commands that are cut, too long or out of range, and does the ones next to them")
  func refuses() {
    var host = PlainHost()
    var network = network()
    let table: [UInt8] = [1, 0, 0, 0, 2, 4, 6, 8, 10, 12, 0, 0, 0, 0]
    let commands: [(Network.Command, [UInt8], isDone: Bool)] = [
      (.promiscuous, [1], true), (.promiscuous, [2], false), (.promiscuous, [1, 0], false), (.noBroadcast, [0], true),
      (.allUnicast, [], false), (.addVLAN, [0xff, 0xf], true), (.addVLAN, [0, 0x10], false), (.addVLAN, [1], false),
      (.deleteVLAN, [1, 0, 0], false), (.setAddress, bytes(2), true), (.setAddress, [2, 4, 6, 8, 10], false),
      (.setAddress, bytes(2) + [0], false), (.setQueuePairs, [1, 0], true), (.setQueuePairs, [2, 0], true),
      (.setQueuePairs, [0, 0], false), (.setQueuePairs, [3, 0], false), (.setQueuePairs, [1], false),
      (.setQueuePairs, [1, 0, 0], false), (.setOffloads, [UInt8](repeating: 0, count: 8), true),
      (.setOffloads, [1] + [UInt8](repeating: 0, count: 7), false), (.setOffloads, [0], false),
      (.setOffloads, [UInt8](repeating: 0, count: 9), false),
      (.setAddressTable, table, true), (.setAddressTable, Array(table.dropLast()), false),
      (.setAddressTable, table + [0], false), (.setAddressTable, [1, 0, 0, 0, 0, 0, 0, 0], false),
      (.setAddressTable, [0, 0, 0, 0, 1, 0, 0, 0], false), (.setAddressTable, [0, 0, 0, 0], false),
      (.setAddressTable, [0, 0, 0], false),
      (.acknowledgeAnnouncement, [], true),
    ]
    for (number, argument, isDone) in commands {
      expectEqual(command(number, argument, &network, &host), [isDone ? Network.ok : Network.error])
    }
    var other = self.network(without: [.netControlReceive, .netControlVLAN, .netControlAddress])
    expectEqual(command(.promiscuous, [1], &other, &host), [Network.error])
    expectEqual(command(.addVLAN, [1, 0], &other, &host), [Network.error])
    expectEqual(command(.setAddress, bytes(2), &other, &host), [Network.error])
  }

  @Test("forgets with a reset which pair sent to whom")
  func forgetsSenders() {
    var host = PlainHost()
    var network = network()
    let peer: UInt64 = 0x0600_0000_0022
    let features = network.accepted
    for isFirst in [true, false] {
      expectEqual(command(.setQueuePairs, [2, 0], &network, &host), [0])
      if isFirst {
        let header = [UInt8](repeating: 0, count: Network.headerSize)
        _ = network.serve([header, frame(to: peer, from: Self.own)], queue: 3, &host)
      }
      deliver(frame(from: peer), to: &network)
      expectEqual(received(&network, &host)?.pair, isFirst ? 1 : 0)
      network.reset()
      network.featuresChanged(to: features)
    }
  }

  @Test("says of a frame that has to be cut how long its headers are")
  func measuresHeaders() {
    var frame = [UInt8](repeating: 0, count: 100)
    var header = NetworkHeader(flags: Network.needsChecksum, gsoType: Network.gsoTCP4)
    header.checksumStart = 34
    header.checksumOffset = UInt16(Internet.tcpChecksum)
    header.gsoSize = 20
    header.headerLength = 7
    for (words, length) in [(5, 54), (6, 58), (15, 94), (4, nil)] as [(UInt8, UInt16?)] {
      frame[34 + Internet.tcpDataOffset] = words << 4
      let checked = header.checked(for: frame.span.bytes, needsChecksum: true)
      #expect(checked?.headerLength == length)
      guard let checked else { continue }
      #expect(checked.gsoSize == 20 && checked.gsoType == Network.gsoTCP4 && checked.needsChecksum)
      #expect(checked.checksumStart == 34 && checked.checksumOffset == UInt16(Internet.tcpChecksum))
    }
    frame[34 + Internet.tcpDataOffset] = 5 << 4
    #expect(header.checked(for: frame.span.bytes.extracting(0..<53), needsChecksum: true) == nil)
    #expect(header.checked(for: frame.span.bytes.extracting(0..<54), needsChecksum: true) != nil)
    #expect(header.checked(for: frame.span.bytes, needsChecksum: false) == nil)
    frame[34 + Internet.tcpDataOffset] = 15 << 4
    #expect(header.checked(for: frame.span.bytes.extracting(0..<93), needsChecksum: true) == nil)
    frame[34 + Internet.tcpDataOffset] = 5 << 4
    header.checksumOffset += 1
    #expect(header.checked(for: frame.span.bytes, needsChecksum: true) == nil)
    header.checksumOffset -= 1
    header.gsoSize = 1
    #expect(header.checked(for: frame.span.bytes, needsChecksum: true)?.gsoSize == 1)
    header.gsoSize = 0
    #expect(header.checked(for: frame.span.bytes, needsChecksum: true) == nil)
    header.gsoType = 0
    #expect(header.checked(for: frame.span.bytes.extracting(0..<52), needsChecksum: true) != nil)
    #expect(header.checked(for: frame.span.bytes.extracting(0..<51), needsChecksum: true) == nil)
    #expect(header.checked(for: frame.span.bytes, needsChecksum: false) == NetworkHeader())
  }

  @Test("keeps frames in order, however long they may be")
  func queuesFrames() {
    var frames = FrameQueue()
    let large = [UInt8](repeating: 5, count: FrameQueue.maxLargeFrame + 1)
    let cut = NetworkHeader(flags: Network.needsChecksum, gsoType: Network.gsoTCP4)
    #expect(FrameQueue.maxLargeFrame == 65553 && FrameQueue.maxFrame == 1518)
    expectEqual(frames.append(large.span.bytes, cut), false)
    expectEqual(frames.append(large.span.bytes.extracting(0..<65553), cut), true)
    expectEqual(frames.append(large.span.bytes.extracting(0..<1519), NetworkHeader()), false)
    for length in 60..<67 {
      expectEqual(frames.append(large.span.bytes.extracting(0..<length), NetworkHeader()), true)
    }
    expectEqual(frames.append(large.span.bytes.extracting(0..<60), NetworkHeader()), false)
    expectEqual(frames.count, 8)
    for length in [65553] + Array(60..<67) {
      expectEqual(frames.firstLength, length)
      expectEqual(frames.firstHeader, length == 65553 ? cut : NetworkHeader())
      expectEqual(frames.withFirst(length - 1..<length) { $0.unsafeLoad(as: UInt8.self) }, 5)
      frames.removeFirst()
    }
    expectEqual(frames.count, 0)
  }

  @Test("has an empty queue of frames first, and has one again when all are gone, of which nothing is left")
  func emptiesFrames() {
    var frames = FrameQueue()
    for _ in 0..<2 {
      expectEqual(frames.count, 0)
      expectEqual(frames.withFirst(0..<60) { $0.withUnsafeBytes { $0.allSatisfy { $0 == 0 } } }, true)
      expectEqual(frames.append([UInt8](repeating: 5, count: 60).span.bytes, NetworkHeader()), true)
      frames.removeAll()
    }
  }

  /// The header that the driver puts in front of a frame.
  private static let header = [UInt8](repeating: 0, count: Network.headerSize)

  @Test("drops frames that are longer than the MTU allows, and no shorter ones")
  func limitsSending() {
    var host = PlainHost()
    var network = network()
    for count in [1518, 1519] { _ = network.serve([Self.header, frame(count: count)], queue: 1, &host) }
    expectEqual(host.emitted.map(\.bytes.count), [NetworkHeader.size + 1518])
  }

  @Test("takes in what has two addresses and a type, with all of its tag where it has one")
  func takesShortFrames() {
    var host = PlainHost()
    var network = network(without: .netControlVLAN)
    let tagged = Array(frame().prefix(12)) + [0x81, 0, 0, 1]
    for (frame, isTaken) in [
      (Array(frame().prefix(13)), false), (Array(frame().prefix(14)), true), (tagged, false), (tagged + [8, 0], true),
    ] {
      deliver(frame, to: &network)
      expectEqual(received(&network, &host) != nil, isTaken)
    }
  }

  @Test("sends nothing that has to be cut, where that was not agreed upon", arguments: [false, true])
  func agreesOnCutting(_ isAgreed: Bool) {
    var host = PlainHost()
    var network = NetworkModel(address: Self.own)
    for (type, feature) in [(Network.gsoTCP4, FeatureBits.netHostTSO4), (Network.gsoTCP6, .netHostTSO6)] {
      host.emitted = []
      network.featuresChanged(to: [.version1, .netChecksum, isAgreed ? feature : .netHostECN])
      var header = Self.header
      header.replaceSubrange(0..<10, with: [Network.needsChecksum, type, 54, 0, 100, 0, 34, 0, 16, 0])
      var packet = frame(count: 100)
      packet[34 + Internet.tcpDataOffset] = 5 << 4
      _ = network.serve([header, packet], queue: 1, &host)
      expectEqual(host.emitted.count, isAgreed ? 1 : 0)
    }
  }

  @Test("knows of 16 senders at a time which pair they are sent to, by the low bits of their last byte")
  func knowsSenders() {
    var host = PlainHost()
    var network = network()
    expectEqual(command(.setQueuePairs, [2, 0], &network, &host), [0])
    let peers = (0..<16).map { 0x40_0000_0022 | UInt64($0) << 40 }
    func pair(_ index: Int) -> Int { (index / 2 + index / 4 + index / 8) % 2 }
    for (index, peer) in peers.enumerated() {
      _ = network.serve([Self.header, frame(to: peer)], queue: UInt8(2 * pair(index) + 1), &host)
    }
    for (index, peer) in peers.enumerated() {
      deliver(frame(from: peer), to: &network)
      expectEqual(received(&network, &host)?.pair, pair(index))
    }
    // Of one that nobody sent to, also of the address 0, those bits are the wish.
    for (peer, pair) in [(0, 0), (0x4100_0000_0022, 1), (0x4200_0000_0022, 0)] as [(UInt64, Int)] {
      var network = self.network()
      expectEqual(command(.setQueuePairs, [2, 0], &network, &host), [0])
      deliver(frame(from: peer), to: &network)
      expectEqual(received(&network, &host)?.pair, pair)
    }
  }

  @Test("has a filter that is as new when all is taken out of it")
  func emptiesFilter() {
    var filter = NetworkFilter()
    for _ in 0..<2 {
      // Without an address it takes in what is sent to any, and while it does not look at tags, all of them.
      expectEqual([filter.passes(0x10, tag: 0), filter.passes(0x11, tag: nil)], [true, false])
      filter.address = 2
      expectEqual([0, 2, 4, 0x11].map { filter.passes($0, tag: 3) }, [false, true, false, false])
      filter.filtersTags = true
      expectEqual([0, 1, 3].map { filter.passes(2, tag: $0) }, [false, false, false])
      filter.setTag(3, true)
      expectEqual(filter.passes(2, tag: 3), true)
      filter.modes = .noBroadcast
      for number: UInt64 in 0..<65 { filter.append(0x100 + 2 * number, isMulticast: false) }
      filter.append(0x101, isMulticast: true)
      expectEqual([filter.passes(4, tag: nil), filter.passes(0x11, tag: nil)], [true, true])
      filter.removeAll()
      expectEqual(filter.passes(Ethernet.broadcast, tag: nil), true)
    }
  }

  @Test("keeps each of 4096 tags apart")
  func listsTags() {
    var filter = NetworkFilter()
    filter.filtersTags = true
    for tag: UInt16 in 0..<4096 where tag % 3 == 0 { filter.setTag(tag, true) }
    for tag: UInt16 in 0..<4096 where tag % 6 == 0 { filter.setTag(tag, false) }
    for tag: UInt16 in 0..<4096 where filter.passes(0, tag: tag) != (tag % 6 == 3) {
      Issue.record("tag \(tag) is taken for another one")
    }
  }

  @Test("does nothing that it has no room to answer")
  func needsRoom() {
    var host = PlainHost()
    var network = network()
    let number = Network.Command.promiscuous.rawValue
    _ = network.serve([[UInt8(truncatingIfNeeded: number), UInt8(number >> 8)], [1]], queue: 4, &host)
    expectEqual(network.filter.modes, [])
  }

  @Test("reads a table wherever it is cut")
  func readsTables() {
    var host = PlainHost()
    let number = Network.Command.setAddressTable.rawValue
    let command = [UInt8(truncatingIfNeeded: number), UInt8(number >> 8)]
    let table = [2, 0, 0, 0] + bytes(0x1000) + bytes(0x1200) + [1, 0, 0, 0] + bytes(0x1301)
    for cut in 1..<table.count {
      var network = network()
      let answer = network.serve([command, Array(table[..<cut]), Array(table[cut...])], room: 1, queue: 4, &host)
      expectEqual(answer, [Network.ok])
      for address: UInt64 in [0x1000, 0x1200, 0x1301] { expectEqual(network.filter.passes(address, tag: nil), true) }
    }
  }

  @Test("counts how often its configuration changed, around the end of the register")
  func countsChanges() {
    var host = PlainHost()
    func revision(_ change: (inout NetworkModel) -> Void) -> UInt32 {
      var network = network()
      expectEqual(network.configRevision, 0)
      network.configRevision = .max
      change(&network)
      return network.configRevision
    }
    let zero = [
      revision { _ = command(.setAddress, bytes(2), &$0, &host) },
      revision {
        _ = $0.announce()
        _ = command(.acknowledgeAnnouncement, [], &$0, &host)
      },
      revision {
        _ = $0.announce()
        $0.reset()
      },
    ]
    expectEqual(zero, [0, 0, 0])
    let one = revision {
      _ = command(.setAddress, bytes(2), &$0, &host)
      $0.reset()
    }
    expectEqual(one, 1)
  }

  @Test("has one pair where it cannot have more, and a link that is up where nobody is told of it")
  func goesWithout() {
    let network = NetworkModel(address: Self.own, pairs: 2, features: [.netControlQueue])
    expectEqual(network.config[NetworkConfig.maxPairs], 1)
    var mute = NetworkModel(address: Self.own, features: .netAddress)
    expectEqual(mute.setLink(false), false)
    expectEqual(mute.isLinkUp, true)
    mute.powerOn(
      address: Self.own, pairs: 1, features: [.netControlQueue, .netGuestAnnounce], transport: .modern)
    mute.featuresChanged(to: [.netControlQueue, .netGuestAnnounce])
    expectEqual(mute.announce(), false)
    for queue in 1...4 { expectEqual(self.network().hasInput(queue), false) }
    // The order of what is sent is the order on the wire.
    expectEqual(NetworkModel.isOrdered, true)
  }

  @Test("is as new when it is switched on again, and holds no frame while it is off")
  func powersOn() {
    var host = PlainHost()
    var network = network()
    expectEqual(command(.setQueuePairs, [2, 0], &network, &host), [0])
    expectEqual(command(.promiscuous, [1], &network, &host), [0])
    for canReceive: UInt8 in [1, 2] { deliver(frame(), to: &network, canReceive: canReceive) }
    _ = network.serve([Self.header, frame()], queue: 3, &host)
    network.sentBytes = 5
    network.configRevision = 7
    network.offloads = .netGuestChecksum
    network.powerOff()
    expectEqual([network.frames[0].count, network.frames[1].count], [0, 0])
    let isGone = network.outgoing.withBytes(0, 72) { $0.withUnsafeBytes { $0.allSatisfy { $0 == 0 } } }
    expectEqual(isGone, true)
    deliver(frame(), to: &network, canReceive: 1)
    network.powerOn(address: Self.own, pairs: 2, features: NetworkModel.allFeatures, transport: .modern)
    expectEqual(network.frames[0].count, 0)
    expectEqual([network.accepted, network.offloads], [[], []])
    expectEqual([network.activePairs, network.sentBytes, Int(network.configRevision)], [1, 0, 0])
    expectEqual(network.filter.modes, [])
    expectEqual(network.steering[5].address, 0)
  }

  @Test("forgets with a reset what a driver made of it")
  func forgets() {
    var host = PlainHost()
    var network = network()
    expectEqual(network.announce(), true)
    expectEqual(network.announce(), false)
    expectEqual(command(.setAddress, bytes(0x4242), &network, &host), [0])
    expectEqual(network.config[0], 0x42)
    expectEqual(network.config[NetworkConfig.status], 3)
    let announced = network.configRevision
    expectEqual(command(.acknowledgeAnnouncement, [], &network, &host), [0])
    expectEqual(network.configRevision == announced, false)
    expectEqual(network.config[NetworkConfig.status], Network.linkUp)
    let acknowledged = network.configRevision
    expectEqual(command(.acknowledgeAnnouncement, [], &network, &host), [0])
    expectEqual(network.configRevision, acknowledged)
    expectEqual(network.announce(), true)
    let revision = network.configRevision
    network.reset()
    expectEqual(network.configRevision == revision, false)
    expectEqual((0..<6).map { network.config[UInt32($0)] }, bytes(Self.own))
    expectEqual(network.config[NetworkConfig.status], 1)
    let quiet = network.configRevision
    network.reset()
    expectEqual(network.configRevision, quiet)
  }

  @Test("of the legacy interface has the address that the driver writes", arguments: [true, false])
  func takesAddress(_ isLegacy: Bool) {
    var host = PlainHost()
    var network = NetworkModel(address: Self.own)
    network.powerOn(address: Self.own, pairs: 1, features: .netAddress, transport: isLegacy ? .legacy : .modern)
    network.featuresChanged(to: .netAddress)
    for byte: UInt32 in 0..<6 { network.writeConfig(byte, width: 1, value: 0x20 + byte, host: &host) }
    network.writeConfig(0, width: 2, value: 0xffff, host: &host)
    network.writeConfig(NetworkConfig.status, width: 1, value: 0, host: &host)
    let written: UInt64 = 0x2524_2322_2120
    expectEqual((0..<6).map { network.config[UInt32($0)] }, bytes(isLegacy ? written : Self.own))
    expectEqual(network.config[NetworkConfig.status], Network.linkUp)
    deliver(frame(to: written), to: &network, canReceive: 1)
    expectEqual(network.hasInput(0), isLegacy)
  }
}
