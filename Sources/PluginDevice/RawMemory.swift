import CVirtioDUT
import UnobservedMemory
import VirtioSpec

/// Guest RAM as a library has it that insists on memory of its own.
final class RawMemory {
  var witness: Witness
  /// The levels that the line has had in this call: they are told behind what the device did in memory.
  var levels: [Bool] = []
  let regions: UnsafeMutableBufferPointer<virtio_dut_region>

  /// Nil where there is no memory left.
  init?() {
    guard let ram = UnobservedRAM(.standard) else { return nil }
    regions = .allocate(capacity: ram.extents.count)
    for (index, extent) in ram.extents.enumerated() {
      regions.initializeElement(
        at: index, to: virtio_dut_region(address: extent.base, size: UInt64(extent.size), bytes: extent.bytes))
    }
    witness = Witness(ram)
  }

  deinit { regions.deallocate() }
}
