import VirtioProgram
import VirtioSpec

extension Program {
  /// The program that does what the driver of `trace` did.
  ///
  /// Accesses stay as they were recorded, with the widths that the register table and the list of configuration fields
  /// say. Where a program's driver has to know what goes on, one step stands for the accesses: `negotiate`, `status`,
  /// `queue` (which moves the rings into the program's memory), `kick`, `service` and `stop`. In front of each `kick`
  /// stands the `publish` of a plausible request, since the trace has no memory.
  ///
  /// `device` overrules what the trace's comment says.
  public init(importing trace: Trace, device: Header.Device? = nil) throws(TraceError) {
    // First of all, because a legacy trace is unlike a modern one in many ways, of which this one is its cause.
    try trace.checkVersion()
    var importer: TraceImporter
    if let device {
      importer = TraceImporter(trace, device: device)
    } else {
      importer = TraceImporter(trace, device: try trace.namedDevice())
    }
    try importer.takeAll()
    self = importer.program
  }
}

extension Trace {
  /// GuestPageSize, QueueAlign and QueuePFN, which Version 2 does not have.
  private static let legacyRegisters: [UInt32] = [0x028, 0x03c, 0x040]

  func checkVersion() throws(TraceError) {
    guard let access = accesses.first(where: { Self.legacyRegisters.contains($0.offset) }) else { return }
    throw TraceError(.legacyRegister(access.offset), line: access.line)
  }

  fileprivate func namedDevice() throws(TraceError) -> Header.Device {
    guard let deviceName else { throw TraceError(.noDevice, line: 1) }
    switch deviceName.name {
    case "virtio-blk-device": return .block
    case "virtio-rng-device": return .entropy
    default: throw TraceError(.unknownDevice(deviceName.name), line: deviceName.line)
    }
  }
}
