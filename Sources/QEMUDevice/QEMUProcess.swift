import CTiedProcess
import Glibc
import UnobservedMemory
import VirtioHarness
import VirtioSpec

/// A QEMU that runs: its sockets, its RAM, and where its one virtio-mmio device is.
final class QEMUProcess {
  /// The sectors of a block device at power-on.
  static let capacity = 64

  let process: pid_t
  private let errors: AnonymousFile
  /// Which process started it: it is of no use in a fork of that.
  let owner = getpid()
  var qtest: QTest
  var qmp: QMP
  var witness: Witness
  /// The other sides of a console's ports; the first is that of a network device's link, too.
  let peers: [Int32]
  /// What a block device has.
  let disk: AnonymousFile
  /// Where the device's registers are.
  let base: UInt64

  init(_ options: QEMUOptions) throws(QEMUError) {
    let machine = QEMUMachine(options.machine)
    let size = Int(machine.memory.regions.reduce(0) { $0 + $1.size })
    let (qtest, qmp) = (try Self.pair(SOCK_STREAM), try Self.pair(SOCK_STREAM))
    let kind = options.kind == .network ? SOCK_DGRAM : SOCK_STREAM
    let peers = [try Self.pair(kind), try Self.pair(kind)]
    guard let ram = AnonymousFile(size: size), let disk = AnonymousFile(size: Self.capacity * 512),
      let firmware = AnonymousFile(size: machine.firmware.count, bytes: machine.firmware),
      let errors = AnonymousFile(size: 0), let mapped = UnobservedRAM(machine.memory, file: ram.descriptor)
    else { throw .system }
    _ = fcntl(errors.descriptor, F_SETFL, O_APPEND)
    let arguments = machine.command(options, ramSize: size)
    let inherited =
      [qtest.theirs, qmp.theirs, ram.descriptor, firmware.descriptor, disk.descriptor]
      + peers.map(\.theirs)
    var words = arguments.map { UnsafePointer(strdup($0)) } + [nil]
    defer { for word in words { free(UnsafeMutablePointer(mutating: word)) } }
    process = tied_process_start(&words, inherited, inherited.count, errors.descriptor)
    for descriptor in [qtest.theirs, qmp.theirs] + peers.map(\.theirs) { close(descriptor) }
    guard process > 0 else {
      for descriptor in [qtest.ours, qmp.ours] + peers.map(\.ours) { close(descriptor) }
      throw .system
    }
    self.disk = disk
    self.errors = errors
    self.peers = peers.map(\.ours)
    for peer in peers { _ = fcntl(peer.ours, F_SETFL, O_NONBLOCK) }
    do {
      var lines = QTest(qtest.ours)
      self.qmp = try QMP(qmp.ours)
      guard let (slot, base) = try machine.slot(&lines) else {
        throw QEMUError("\(arguments[0]) has no virtio-mmio device")
      }
      guard let controller = try self.qmp.path(ofType: machine.controller), try lines.intercept(controller) else {
        throw QEMUError("\(arguments[0]) has no \(machine.controller), whose interrupts could be seen")
      }
      lines.line = machine.line(slot)
      self.base = base
      self.qtest = lines
      witness = Witness(mapped)
      witness.ram.rewind()
    } catch {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
      for peer in peers { close(peer.ours) }
      let words = errors.tail(2000)
      throw error as? QEMUError ?? QEMUError("\(arguments[0]): \(words.isEmpty ? "it does not answer" : words)")
    }
  }

  /// What it has said of late, for people.
  var lastWords: String { errors.tail(500) }

  /// A device says something of each thing that a driver does wrong.
  func forgetWords() { errors.rewind(size: 0) }

  deinit {
    // In a fork it is somebody else's.
    if owner == getpid() {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    for peer in peers { close(peer) }
  }

  private static func pair(_ type: __socket_type) throws(QEMUError) -> (ours: Int32, theirs: Int32) {
    var ends: [Int32] = [0, 0]
    guard socketpair(AF_UNIX, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else { throw .system }
    return (ends[0], ends[1])
  }
}

/// Why there is no QEMU.
public struct QEMUError: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }

  /// By errno.
  static var system: QEMUError { QEMUError(String(cString: strerror(errno))) }
}

extension QEMUMachine {
  /// The command line. What it names by /proc/self/fd is as ``QEMUProcess`` hands it down.
  fileprivate func command(_ options: QEMUOptions, ramSize: Int) -> [String] {
    [options.binary ?? binary] + arguments
      + [
        "-nodefaults", "-display", "none", "-serial", "none", "-monitor", "none", "-bios", "/proc/self/fd/6",
        "-m", "\(ramSize / 1024)k",
        "-object", "memory-backend-file,id=ram,size=\(ramSize),mem-path=/proc/self/fd/5,share=on",
        "-chardev", "socket,id=qtest,fd=3", "-qtest", "chardev:qtest", "-qtest-log", "/dev/null",
        "-chardev", "socket,id=qmp,fd=4", "-mon", "chardev=qmp,mode=control",
        "-global", "virtio-mmio.force-legacy=\(options.isLegacy)",
      ] + device(options) + options.arguments
  }

  private func device(_ options: QEMUOptions) -> [String] {
    func device(_ parts: [String]) -> [String] { ["-device", (parts + options.properties).joined(separator: ",")] }
    return switch options.kind {
    case .block:
      ["-blockdev", "driver=file,node-name=disk,locking=off,filename=/proc/self/fd/7"]
        + device(["virtio-blk-device", "id=dut", "drive=disk"])
    case .entropy: ["-object", "rng-builtin,id=random"] + device(["virtio-rng-device", "id=dut", "rng=random"])
    case .console:
      ["-chardev", "socket,id=first,fd=8", "-chardev", "socket,id=second,fd=9"]
        + device(["virtio-serial-device", "id=dut", "max_ports=2"])
        + ["-device", "virtconsole,chardev=first,nr=0", "-device", "virtconsole,chardev=second,nr=1"]
    case .network:
      ["-netdev", "socket,id=peer,fd=8"]
        + device(["virtio-net-device", "id=dut", "netdev=peer", "mac=52:54:00:12:34:56"])
    }
  }

  /// The slot that has a device, and where it is; nil for none.
  fileprivate func slot(_ qtest: inout QTest) throws(DeviceDeath) -> (Int, UInt64)? {
    for slot in (0..<slots.count).reversed() {
      let base = slots.base + UInt64(slot) * slots.stride
      let isThere = try qtest.read(base + UInt64(Register.magicValue.rawValue), width: 4) == 0x7472_6976
      if isThere, try qtest.read(base + UInt64(Register.deviceID.rawValue), width: 4) != 0 { return (slot, base) }
    }
    return nil
  }
}
