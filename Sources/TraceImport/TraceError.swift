import VirtioProgram
import VirtioSpec

/// Why a trace cannot become a program: what is wrong, in which line, and what would be right.
public struct TraceError: Error, Equatable, Sendable {
  public enum Reason: Equatable, Sendable {
    /// A line of no known form.
    case notALine(String)
    case notANumber(String)
    case notALevel(String)
    /// A register that only one transport has, behind one that only the other has.
    case otherTransport(Register, than: Register, inLine: Int)
    case notARegister(UInt32)
    /// An offset in the configuration space where no field of the device begins.
    case notAField(UInt32, of: Header.Device)
    /// No comment names the device.
    case noDevice
    case unknownDevice(String)
    /// The driver accepts a feature that no program can hold.
    case unsupportedFeature(String)
    /// DriverFeatures is written where the device is not being initialized from its reset up to FEATURES_OK.
    case strayFeatures
    /// Part of a queue's set-up, without the rest of it in front or behind.
    case strayQueueSetUp(Register)
    case noSuchQueue(UInt32, of: Header.Device)
    case invalidQueueSize(queue: UInt32, size: UInt32)
    /// A legacy queue's size, QueueAlign and GuestPageSize, for which a program's memory has no room.
    case noRoom(queue: UInt32, size: UInt32, align: UInt32, pageSize: UInt32)
    case tooManySteps
  }

  public let reason: Reason
  /// From 1.
  public let line: Int

  public init(_ reason: Reason, line: Int) {
    self.reason = reason
    self.line = line
  }
}

extension TraceError: CustomStringConvertible {
  public var description: String { "line \(line): \(reason)" }
}

extension TraceError.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notALine(let line):
      "'\(line)' is no line of a trace; it can be '# comment', 'read OFFSET', 'write OFFSET VALUE' or 'irq LEVEL'"
    case .notANumber(let word): "'\(word)' is no number; it can be hexadecimal, 0x0 to 0xffffffff"
    case .notALevel(let word): "'\(word)' is no level of the interrupt line; it can be 0 or 1"
    case .otherTransport(let register, let first, let line):
      "\(register.name) at offset \(hexadecimal(register.rawValue)) is no register of a device that has \(first.name), "
        + "which line \(line) accesses; a trace is of one device, of Version 1 (legacy) or of Version 2"
    case .notARegister(let offset):
      "there is no register at offset \(hexadecimal(offset)); the register table of the device's Version says which "
        + "there are"
    case .notAField(let offset, let device):
      "no field of the \(device.name) device's configuration space is accessed at offset \(hexadecimal(offset)); "
        + "fields begin at \(ConfigField.offsets(of: device))"
    case .noDevice:
      "no comment says which device it is; give --device, or a line like '# -device virtio-blk-device'"
    case .unknownDevice(let name):
      "the device '\(name)' is not supported yet; it can be virtio-blk-device, virtio-rng-device, virtio-serial-device "
        + "or virtio-net-device, or give --device"
    case .unsupportedFeature(let name):
      "the driver accepts \(name), which is not supported yet; record the device without it"
    case .strayFeatures:
      "DriverFeatures is written outside of a device initialization; in front of it must be Status 0x0, 0x1 and 0x3, "
        + "and behind it, but for a legacy device, 0xb"
    case .strayQueueSetUp(let register):
      "\(register.name) is written outside of a queue's set-up; that is QueueSel, QueueNum, the six registers of the "
        + "addresses, and QueueReady 0x1, or for a legacy device QueueSel, QueueNum, QueueAlign and QueuePFN"
    case .noSuchQueue(let queue, let device):
      "this is queue \(hexadecimal(queue)); a program's \(device.name) device has queues 0 to "
        + "\(TraceImporter.maxQueueCount(of: device) - 1)"
    case .invalidQueueSize(let queue, let size):
      "queue \(queue) gets a size of \(size); it can be a power of two up to \(SplitRing.maxSize), or of a packed queue any "
        + "number up to that"
    case .noRoom(let queue, let size, let align, let pageSize):
      "queue \(queue) gets a size of \(size), a QueueAlign of \(align) and a GuestPageSize of \(pageSize); these can be "
        + "powers of two, up to 1024, 4096 and 65536"
    case .tooManySteps: "the steps up to here are more than the \(Program.maxSteps) that a program has; cut the trace"
    }
  }
}

private func hexadecimal(_ number: UInt32) -> String { "0x" + String(number, radix: 16) }

extension ConfigField {
  fileprivate static func offsets(of device: Header.Device) -> String {
    let offsets = fields(of: device.type).map { hexadecimal(Register.configBase + $0.offset) }
    return offsets.isEmpty ? "no offset" : offsets.joined(separator: ", ")
  }
}
