import Testing
import VirtioMemory
import VirtioSpec

@testable import VirtioDevice

/// An entropy device with two queues of eight, and a driver that gives it buffers.
@Suite("A backend")
struct BackendTests {
  private typealias Device = MMIODevice<EntropyModel<SeededEntropy>>

  private static func ring(_ queue: UInt64) -> UInt64 { 0x1000 + 0x400 * queue }

  private func write(_ register: Register, _ value: UInt64, _ device: inout Device, _ host: inout PlainHost) {
    device.writeRegister(register.rawValue, width: 4, value: value, host: &host)
  }

  private func read(_ register: Register, _ device: inout Device, _ host: inout PlainHost) -> UInt64 {
    device.readRegister(register.rawValue, width: 4, host: &host)
  }

  /// With these features and VERSION_1, as far as they are offered, and both queues in use.
  private func live(_ features: FeatureBits, _ host: inout PlainHost) -> Device {
    let options = TransportOptions(queueCount: 2, queueNumMax: 8, extraFeatures: .inOrder)
    var device = Device(model: EntropyModel(source: SeededEntropy(seed: 1)), options: options)
    for status: UInt64 in [1, 3] { write(.status, status, &device, &host) }
    let accepted = features.union(.version1).intersection(device.offeredFeatures)
    for word: UInt32 in 0..<2 {
      write(.driverFeaturesSel, UInt64(word), &device, &host)
      write(.driverFeatures, UInt64(accepted.word(word)), &device, &host)
    }
    write(.status, 11, &device, &host)
    for queue: UInt64 in 0..<2 {
      write(.queueSel, queue, &device, &host)
      write(.queueNum, 8, &device, &host)
      write(.queueDescLow, Self.ring(queue), &device, &host)
      write(.queueDriverLow, Self.ring(queue) + 0x100, &device, &host)
      write(.queueDeviceLow, Self.ring(queue) + 0x200, &device, &host)
      write(.queueReady, 1, &device, &host)
    }
    write(.status, 15, &device, &host)
    return device
  }

  /// Makes three buffers available, and says so.
  private func publish(_ queue: UInt64, _ device: inout Device, _ host: inout PlainHost) {
    for head: UInt64 in 0..<3 {
      let descriptor = Descriptor(address: 0x4000 + 0x100 * head, length: 16, flags: .write)
      _ = host.store(descriptor.littleEndian, at: Self.ring(queue) + 16 * head)
      _ = host.store(UInt16(head), at: Self.ring(queue) + 0x104 + 2 * head)
    }
    _ = host.store(UInt16(3), at: Self.ring(queue) + 0x102)
    write(.queueNotify, queue, &device, &host)
  }

  /// The heads that came back, in order.
  private func used(_ queue: UInt64, _ host: inout PlainHost) -> [UInt32] {
    let count = host.load(Self.ring(queue) + 0x202, as: UInt16.self)!
    return (0..<UInt64(count)).map { host.load(Self.ring(queue) + 0x204 + 8 * $0, as: UInt32.self)! }
  }

  @Test(
    "returns what waited at the next poll, in its order",
    arguments: [
      (BackendMode.deferred, FeatureBits(), [0, 1, 2]), (BackendMode.reversed, FeatureBits(), [2, 1, 0]),
      (BackendMode.reversed, FeatureBits.inOrder, [0, 1, 2]),
    ])
  func order(_ mode: BackendMode, _ features: FeatureBits, _ order: [UInt32]) {
    var host = PlainHost()
    var device = live(features, &host)
    device.setBackend(mode)
    publish(0, &device, &host)
    expectEqual(used(0, &host), [])
    device.poll(host: &host)
    expectEqual(used(0, &host), order)
    expectEqual(used(1, &host), [])
  }

  @Test("answers at once while nothing waits, whatever the order has to be")
  func answersAtOnce() {
    var host = PlainHost()
    var device = live(.inOrder, &host)
    publish(1, &device, &host)
    expectEqual(used(1, &host), [0, 1, 2])
  }

  @Test("that stalls keeps what it has until it goes on")
  func stalls() {
    var host = PlainHost()
    var device = live([], &host)
    device.setBackend(.stalled)
    publish(1, &device, &host)
    device.poll(host: &host)
    expectEqual(used(1, &host), [])
    device.setBackend(.immediate)
    device.poll(host: &host)
    expectEqual(used(1, &host), [0, 1, 2])
  }

  @Test("lets new requests overtake those that wait, unless they have to stay in order", arguments: [false, true])
  func overtakes(_ isInOrder: Bool) {
    var host = PlainHost()
    var device = live(isInOrder ? .inOrder : [], &host)
    device.setBackend(.deferred)
    publish(0, &device, &host)
    device.setBackend(.immediate)
    publish(1, &device, &host)
    expectEqual(used(0, &host), [])
    expectEqual(used(1, &host), isInOrder ? [] : [0, 1, 2])
    device.poll(host: &host)
    expectEqual(used(0, &host), [0, 1, 2])
    expectEqual(used(1, &host), [0, 1, 2])
  }

  @Test("whose source has dried up keeps requests until there is more")
  func driesUp() {
    var host = PlainHost()
    var device = live([], &host)
    device.model.isFailing = true
    publish(0, &device, &host)
    device.poll(host: &host)
    expectEqual(used(0, &host), [])
    device.model.isFailing = false
    device.poll(host: &host)
    expectEqual(used(0, &host), [0, 1, 2])
  }

  @Test("holds up the reset of a queue that it has requests of, and of no other")
  func holdsUpReset() {
    var host = PlainHost()
    var device = live(.ringReset, &host)
    device.setBackend(.stalled)
    publish(0, &device, &host)
    for queue: UInt64 in [1, 0] {
      write(.queueSel, queue, &device, &host)
      write(.queueReset, 1, &device, &host)
      expectEqual(read(.queueReset, &device, &host), queue == 0 ? 1 : 0)
      device.poll(host: &host)
      expectEqual(read(.queueReset, &device, &host), queue == 0 ? 1 : 0)
    }
    device.setBackend(.immediate)
    device.poll(host: &host)
    expectEqual(read(.queueReset, &device, &host), 0)
    expectEqual(read(.queueReady, &device, &host), 0)
    expectEqual(used(0, &host), [])
  }

  @Test("goes on when the device is switched on, whatever it did before")
  func powersOn() {
    var host = PlainHost()
    var device = live([], &host)
    device.backendMode = .stalled
    device.powerOn(options: TransportOptions(queueCount: 2, queueNumMax: 8))
    expectEqual(device.backendMode, .immediate)
  }

  @Test("leaves what is too much work for one notification to the next poll")
  func spendsBudget() {
    var host = PlainHost()
    var device = live([], &host)
    // Each descriptor leads to the next one, and each is the first of a chain: 8, 7, 6 and 5 buffers of 60,000 bytes.
    for head: UInt64 in 0..<8 {
      let flags: Descriptor.Flags = head < 7 ? [.write, .next] : .write
      let descriptor = Descriptor(address: 0x1800, length: 60_000, flags: flags, next: UInt16(head + 1))
      _ = host.store(descriptor.littleEndian, at: Self.ring(0) + 16 * head)
    }
    for head: UInt64 in 0..<4 { _ = host.store(UInt16(head), at: Self.ring(0) + 0x104 + 2 * head) }
    _ = host.store(4 as UInt16, at: Self.ring(0) + 0x102)
    write(.queueNotify, 0, &device, &host)
    expectEqual(used(0, &host), [0, 1, 2])
    device.poll(host: &host)
    expectEqual(used(0, &host), [0, 1, 2, 3])
  }
}
