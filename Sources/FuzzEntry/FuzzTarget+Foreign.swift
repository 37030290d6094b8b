import VirtioHarness
import VirtioProgram

/// A device that an executable does not bring along: the environment names it.
enum ForeignDevice {
  /// `KIND:WORDS`, as `virtio-fuzz --device` has it.
  static let variable = "VIRTIO_FUZZ_DEVICE"
}

/// What a person named is no device of this kind; and what would be.
public struct WrongDevice: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

extension FuzzTarget {
  /// A target with the device that `VIRTIO_FUZZ_DEVICE` names, `KIND:WORDS`. Where there is none, the process ends: as wrong
  /// usage with ``WrongDevice``, and else as what cannot be read.
  public convenience init(
    style: ProgramGenerator.Style, kind: String, device: @escaping (_ words: String) throws -> Device
  ) {
    let name = environment(ForeignDevice.variable)
    self.init(style: style, foreignDevice: name) { Self.made(by: device, kind, name ?? "") }
  }

  private static func made(by device: (String) throws -> Device, _ kind: String, _ name: String) -> Device {
    guard name.hasPrefix("\(kind):") else {
      giveUp(
        .wrongUsage, "no device; \(ForeignDevice.variable) names one, as in \(kind):WORDS; see --device of virtio-fuzz")
    }
    do {
      return try device(String(name.dropFirst(kind.utf8.count + 1)))
    } catch let error as WrongDevice {
      giveUp(.wrongUsage, "\(error)")
    } catch {
      giveUp(.unreadable, "\(error)")
    }
  }
}
