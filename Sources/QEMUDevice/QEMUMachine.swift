import VirtioSpec

/// What has to be known of a machine of QEMU's.
struct QEMUMachine {
  let binary: String
  /// All of RAM: nothing else in the machine is RAM that a device reaches.
  let memory: MemoryMap
  /// Where the first slot for a virtio-mmio device is, how many there are, and how far apart.
  let slots: (base: UInt64, count: Int, stride: UInt64)
  /// Firmware that lets the processor sleep for ever.
  let firmware: [UInt8]
  /// The arguments that make it, without RAM and devices.
  let arguments: [String]
  /// The type of the interrupt controller among the machine's objects, and which of its inputs a slot has.
  let controller: String
  let line: @Sendable (_ slot: Int) -> Int

  /// How many bytes of a slot are the device's.
  static let window: UInt32 = 0x200

  init(_ machine: QEMUOptions.Machine) {
    switch machine {
    case .virt:
      binary = "qemu-system-aarch64"
      memory = MemoryMap(Self.regions(at: 0x4000_0000))
      slots = (0x0a00_0000, 32, 0x200)
      // wfi; b .-4
      firmware = [0x7f, 0x20, 0x03, 0xd5, 0xff, 0xff, 0xff, 0x17]
      arguments = ["-machine", "virt,memory-backend=ram", "-cpu", "cortex-a53"]
      controller = "arm_gic"
      line = { 16 + $0 }
    case .microvm:
      binary = "qemu-system-x86_64"
      // Too small for rings and buffers, since QEMU takes a queue at address 0 for none.
      let low: UInt64 = 0x8000
      memory = MemoryMap(
        [MemoryMap.Region(base: 0, size: low), MemoryMap.Region(base: low, size: low)]
          + Self.regions(at: 2 * low))
      slots = (0xfeb0_0000, 8, 0x200)
      firmware = Self.sleepingBIOS
      arguments = [
        "-machine",
        "microvm,memory-backend=ram,acpi=off,pit=off,pic=off,rtc=off,isa-serial=off,auto-kernel-cmdline=off",
        "-cpu", "qemu64", "-accel", "tcg",
      ]
      controller = "ioapic"
      line = { 5 + $0 }
    }
  }

  /// Four regions that touch.
  private static func regions(at base: UInt64) -> [MemoryMap.Region] {
    let size: UInt64 = 0x1_0000
    return (0..<4).map { MemoryMap.Region(base: base + $0 * size, size: size) }
  }

  /// 64 KiB, with `cli; hlt; jmp` where the processor begins, 16 bytes before their end.
  private static var sleepingBIOS: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 0x1_0000)
    bytes.replaceSubrange(0xfff0..<0xfff4, with: [0xfa, 0xf4, 0xeb, 0xfc])
    return bytes
  }
}
