import Testing
import VirtioMemory
import VirtioSpec

@testable import VirtioDevice

@Suite("The registers of a device")
struct RegisterFileTests {
  private typealias Disk = MMIODevice<BlockModel<MemoryStorage>>

  private static let region = SharedMemoryRegion(id: 3, base: 0x12_3450_0000, length: 0x3_0001_0000)

  private func options(_ transport: Transport) -> TransportOptions {
    var options = TransportOptions(transport: transport, queueCount: 2, queueNumMax: 64)
    options.sharedMemory = Self.region
    return options
  }

  private func disk(_ transport: Transport) -> Disk {
    let storage = MemoryStorage(size: 4096, limit: 4096)
    return Disk(
      model: BlockModel(storage: storage, options: .init(queueCount: 2, transport: transport)),
      options: options(transport))
  }

  /// What all of them read, with nothing selected before.
  private func all(_ device: inout Disk, _ host: inout PlainHost) -> [UInt64] {
    stride(from: UInt32(0), to: Register.configBase + 0x40, by: 4).map {
      device.readRegister($0, width: 4, host: &host)
    }
  }

  /// Writes to every register, and leaves each selector somewhere else.
  private func disturb(_ device: inout Disk, _ host: inout PlainHost) {
    for register in [Register.queueNum, .queueAlign, .queueDescLow, .queueDriverLow, .queueDeviceLow, .driverFeatures] {
      device.writeRegister(register.rawValue, width: 4, value: 0x40, host: &host)
    }
    for status: UInt64 in [1, 3] {
      device.writeRegister(Register.status.rawValue, width: 4, value: status, host: &host)
    }
    for selector in [Register.deviceFeaturesSel, .driverFeaturesSel, .queueSel, .shmSel] {
      device.writeRegister(selector.rawValue, width: 4, value: 3, host: &host)
    }
  }

  @Test("read the same when a device is new, has power again, or was reset", arguments: [Transport.modern, .legacy])
  func startOver(_ transport: Transport) {
    var host = PlainHost()
    var device = disk(transport)
    let new = all(&device, &host)
    disturb(&device, &host)
    expectEqual(all(&device, &host) == new, false)
    device.writeRegister(Register.status.rawValue, width: 4, value: 0, host: &host)
    expectEqual(all(&device, &host), new)
    expectEqual(device.driverFeaturesSel, 0)
    disturb(&device, &host)
    device.gathered.append(3, 1)
    device.powerOn(options: options(transport))
    expectEqual(all(&device, &host), new)
    expectEqual(device.driverFeaturesSel, 0)
    expectEqual(device.gathered.count(1), 0)
  }

  @Test("say of a configuration space that never changed that it did not", arguments: [Transport.modern, .legacy])
  func firstGeneration(_ transport: Transport) {
    var host = PlainHost()
    var device = disk(transport)
    expectEqual(device.readRegister(Register.configGeneration.rawValue, width: 4, host: &host), 0)
  }

  @Test("of queues that are not there read 0", arguments: [Transport.modern, .legacy])
  func areNotThere(_ transport: Transport) {
    var host = PlainHost()
    var device = disk(transport)
    for queue: UInt64 in [1, 2, 3, 7, 8, 0xffff_ffff] {
      device.writeRegister(Register.queueSel.rawValue, width: 4, value: queue, host: &host)
      let size = device.readRegister(Register.queueNumMax.rawValue, width: 4, host: &host)
      expectEqual(size, queue < 2 ? 64 : 0)
      for register in [Register.queuePFN, .queueReady, .queueReset] {
        expectEqual(device.readRegister(register.rawValue, width: 4, host: &host), 0)
      }
    }
  }

  @Test("of the last queue that there can be are the last ones", arguments: [Transport.modern, .legacy])
  func lastQueue(_ transport: Transport) {
    var host = PlainHost()
    var options = options(transport)
    options.queueCount = MMIOTransport.maxQueues
    var device = MMIODevice(model: EntropyModel(source: SeededEntropy(seed: 1)), options: options)
    for (queue, size) in [(7, 64), (8, 0)] as [(UInt64, UInt64)] {
      device.writeRegister(Register.queueSel.rawValue, width: 4, value: queue, host: &host)
      expectEqual(device.readRegister(Register.queueNumMax.rawValue, width: 4, host: &host), size)
      for register in [Register.queueNum, .queueAlign, .queueReady, .queuePFN, .queueReset] {
        expectEqual(device.readRegister(register.rawValue, width: 4, host: &host), 0)
        device.writeRegister(register.rawValue, width: 4, value: 0, host: &host)
      }
      device.writeRegister(Register.queueNotify.rawValue, width: 4, value: queue, host: &host)
    }
  }

  @Test("have no alignment of a legacy queue until there is one", arguments: [0, 0x1000])
  func alignment(_ align: UInt64) {
    var host = PlainHost()
    var device = disk(.legacy)
    device.writeRegister(Register.guestPageSize.rawValue, width: 4, value: 0x1000, host: &host)
    // Of this size, any alignment would do for a used ring.
    device.writeRegister(Register.queueNum.rawValue, width: 4, value: 1, host: &host)
    if align != 0 { device.writeRegister(Register.queueAlign.rawValue, width: 4, value: align, host: &host) }
    device.writeRegister(Register.queuePFN.rawValue, width: 4, value: 2, host: &host)
    expectEqual(device.readRegister(Register.queuePFN.rawValue, width: 4, host: &host), align == 0 ? 0 : 2)
    expectEqual(device.status.contains(.deviceNeedsReset), align == 0)
  }

  @Test("of a legacy queue in use are as they were, and do not put one into use that is wrong")
  func legacyQueue() {
    var host = PlainHost()
    var device = disk(.legacy)
    func place(_ page: UInt64, size: UInt64? = nil, align: UInt64? = nil) -> (page: UInt64, isBroken: Bool) {
      if let size { device.writeRegister(Register.guestPageSize.rawValue, width: 4, value: size, host: &host) }
      if let align { device.writeRegister(Register.queueAlign.rawValue, width: 4, value: align, host: &host) }
      device.writeRegister(Register.queuePFN.rawValue, width: 4, value: page, host: &host)
      let page = device.readRegister(Register.queuePFN.rawValue, width: 4, host: &host)
      return (page, device.status.contains(.deviceNeedsReset))
    }
    device.writeRegister(Register.queueNum.rawValue, width: 4, value: 1, host: &host)
    #expect(place(2, size: 0x1000, align: 0x1000) == (2, false))
    #expect(place(3) == (2, false))
    #expect(place(0) == (0, false))
    // Its rings would be where they were.
    #expect(place(2, align: 3) == (0, true))
    device = disk(.legacy)
    device.writeRegister(Register.queueNum.rawValue, width: 4, value: 1, host: &host)
    #expect(place(0x2000, align: 4) == (0, true))
  }

  @Test("end where the configuration space begins, which has a first and a last byte")
  func border() {
    var host = PlainHost()
    var network = MMIODevice(
      model: NetworkModel(address: 0), options: TransportOptions(transport: .legacy, queueCount: 3, queueNumMax: 64))
    network.model.powerOn(address: 0, pairs: 1, features: .netAddress, transport: .legacy)
    network.writeRegister(Register.configBase, width: 1, value: 0x42, host: &host)
    expectEqual(network.readRegister(Register.configBase, width: 1, host: &host), 0x42)
    network.writeRegister(Register.configBase + 5, width: 1, value: 0x43, host: &host)
    expectEqual(network.readRegister(Register.configBase + 4, width: 2, host: &host), 0x4300)
    expectEqual(network.readRegister(Register.configBase + 1, width: 2, host: &host), 0)
    expectEqual(network.readRegister(Register.configBase, width: 8, host: &host), 0)
    expectEqual(network.readRegister(Register.configBase + NetworkConfig.size + 3, width: 4, host: &host), 0)
  }
}
