import Testing
import VirtioDeviceTree

@Suite("In the tree of QEMU's virt machine")
struct QEMUTreeTests {
  @Test("all 32 transports are found, with address, size and interrupt")
  func transports() throws {
    let devices = try DeviceTree(blob: qemuTree()).devices.sorted { $0.path < $1.path }
    let slots = 0..<32
    #expect(
      devices.map(\.window) == slots.map { RegisterWindow(base: 0xa00_0000 + 0x200 * UInt64($0), size: 0x200) })
    #expect(devices.map(\.interrupts) == slots.map { [Interrupt(type: 0, number: UInt32(16 + $0), flags: 1)] })
    #expect(devices.first?.path == "/virtio_mmio@a000000")
    #expect(devices.first?.interrupts.first?.description == "SPI 16 rising")
    #expect(devices.allSatisfy { $0.status == .okay && $0.problems.isEmpty })
  }
}
