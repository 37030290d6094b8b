import VirtioProgram
import VirtioSpec

extension Program {
  /// The program that does what the driver of `trace` did.
  ///
  /// Accesses stay as they were recorded, with the widths that the register table and the list of configuration fields
  /// say. Where a program's driver has to know what goes on, one step stands for the accesses: `negotiate`, `status`,
  /// `queue` or `legacy-queue` (which move the rings into the program's memory), `page-size`, `kick`, `service` and
  /// `stop`. In front of each `kick` stands the `publish` of a plausible request, since the trace has no memory. Queues
  /// are no larger, and of a console no more, than a program's memory has room for.
  ///
  /// `device` overrules what the trace's comment says.
  public init(importing trace: Trace, device: Header.Device? = nil) throws(TraceError) {
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
  fileprivate func namedDevice() throws(TraceError) -> Header.Device {
    guard let deviceName else { throw TraceError(.noDevice, line: 1) }
    switch deviceName.name {
    case "virtio-blk-device": return .block
    case "virtio-rng-device": return .entropy
    case "virtio-serial-device": return .console
    case "virtio-net-device": return .network
    default: throw TraceError(.unknownDevice(deviceName.name), line: deviceName.line)
    }
  }
}
