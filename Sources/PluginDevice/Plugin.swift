import CVirtioDUT
import Glibc

/// A shared library with a device, as `virtio_dut.h` says.
struct Plugin {
  let functions: virtio_dut

  /// - Throws: ``PluginError``.
  init(path: String) throws {
    // For as long as the process lives: nothing of a library may be unloaded while its coverage counters are read.
    guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else { throw PluginError(String(cString: dlerror())) }
    guard let symbol = dlsym(library, "virtio_dut") else {
      throw PluginError(path, "it has no function 'virtio_dut'; virtio_dut.h says what a library has to export")
    }
    typealias Entry = @convention(c) (UInt32) -> UnsafePointer<virtio_dut>?
    // Sound: what has this name has this type.
    let entry = unsafeBitCast(symbol, to: Entry.self)
    let version = UInt32(VIRTIO_DUT_VERSION)
    guard let functions = entry(version)?.pointee else {
      throw PluginError(path, "it does not work with version \(version) of virtio_dut.h")
    }
    guard functions.version == version else {
      throw PluginError(path, "it was made for version \(functions.version) of virtio_dut.h, and this is \(version)")
    }
    guard functions.create != nil, functions.destroy != nil, functions.power_on != nil, functions.read != nil,
      functions.write != nil
    else { throw PluginError(path, "create, destroy, power_on, read and write must not be NULL") }
    self.functions = functions
  }
}

/// Why there is no device in a library.
public struct PluginError: Error, CustomStringConvertible {
  public let description: String

  /// What names the library itself.
  init(_ reason: String) { description = reason }

  init(_ path: String, _ reason: String) { description = "\(path): \(reason)" }
}
