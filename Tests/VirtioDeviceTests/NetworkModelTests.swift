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

  @Test("has eight frames waiting at most, and none that is too long")
  func limits() {
    var host = PlainHost()
    var network = network()
    for index in 0..<9 { deliver(frame(count: 60 + index), to: &network) }
    var lengths: [Int] = []
    while let received = received(&network, &host) { lengths.append(received.bytes.count - Network.headerSize) }
    expectEqual(lengths, Array(60..<68))
    deliver(frame(count: 1518), to: &network)
    expectEqual(received(&network, &host)?.bytes.count, Network.headerSize + 1518)
    deliver(frame(count: 1519), to: &network)
    expectEqual(received(&network, &host), nil)
    var chain = Chain()
    chain.queue = 1
    let segments = [Segment](repeating: Segment(address: 0x1000, length: 40_000), count: 2)
    chain.readableCount = 2
    chain.readableBytes = 80_000
    _ = network.serve(chain, segments.span, host: &host)
    expectEqual(host.emitted.isEmpty, true)
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

  @Test("filters by tags, with all twelve bits")
  func filtersTags() {
    var host = PlainHost()
    var network = network()
    func tagged(_ tag: UInt16) -> [UInt8] {
      bytes(Self.own) + bytes(0x10) + [0x81, 0, UInt8(0xe0 | tag >> 8), UInt8(truncatingIfNeeded: tag)]
        + [UInt8](repeating: 9, count: 60)
    }
    expectEqual(command(.addVLAN, [0x45, 3], &network, &host), [0])
    for (tag, passes) in [(0x345, true), (0x305, false), (0x45, false), (0x344, false)] as [(UInt16, Bool)] {
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

  @Test("forgets with a reset what a driver made of it")
  func forgets() {
    var host = PlainHost()
    var network = network()
    expectEqual(network.announce(), true)
    expectEqual(network.announce(), false)
    expectEqual(command(.setAddress, bytes(0x4242), &network, &host), [0])
    expectEqual(network.config[0], 0x42)
    expectEqual(network.config[NetworkConfig.status], 3)
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
