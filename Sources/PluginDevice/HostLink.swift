import CVirtioDUT
import Glibc
import VirtioDevice

/// What a library calls when it wants something of its host, which is another place in memory in each call, and of a type
/// that C does not know.
struct HostLink {
  /// The host of the call that goes on; nil between calls.
  var host: UnsafeMutableRawPointer?
  private var calls: HostCalls?
  /// Nil for a library that uses the host's functions.
  private(set) var rawMemory: RawMemory?

  /// Knows from here on how to call a host of this type. All calls of a process have the same.
  mutating func specialize<Host: DeviceHost & ~Copyable>(for type: Host.Type) {
    if calls == nil { calls = HostCalls(type) }
  }

  /// All of guest RAM; nil where there is no memory left.
  fileprivate mutating func map() -> UnsafeMutableBufferPointer<virtio_dut_region>? {
    if rawMemory == nil { rawMemory = RawMemory() }
    return rawMemory?.regions
  }

  /// Outside of a call of the device, nothing is done, and this is nil.
  fileprivate func call<Result>(_ body: (HostCalls, UnsafeMutableRawPointer) -> Result) -> Result? {
    guard let calls, let host else { return nil }
    return body(calls, host)
  }
}

/// The functions of a host, for a pointer to one. They capture nothing.
private struct HostCalls {
  let read: (UnsafeMutableRawPointer, UInt64, UnsafeMutableRawBufferPointer) -> Bool
  let write: (UnsafeMutableRawPointer, UInt64, UnsafeRawBufferPointer) -> Bool
  let setInterrupt: (UnsafeMutableRawPointer, Bool) -> Void
  let emit: (UnsafeMutableRawPointer, Int, UnsafeRawBufferPointer) -> Void
  let persist: (UnsafeMutableRawPointer, UInt64, UInt64) -> Void

  // Sound: each gets the host of the call that goes on, of this type, which the call holds exclusively.
  init<Host: DeviceHost & ~Copyable>(_ type: Host.Type) {
    read = { host, address, bytes in
      var bytes = bytes.mutableBytes
      return host.assumingMemoryBound(to: Host.self).pointee.read(address, into: &bytes)
    }
    write = { host, address, bytes in
      host.assumingMemoryBound(to: Host.self).pointee.write(bytes.bytes, at: address)
    }
    setInterrupt = { host, level in host.assumingMemoryBound(to: Host.self).pointee.setInterrupt(level) }
    emit = { host, port, bytes in host.assumingMemoryBound(to: Host.self).pointee.emit(bytes.bytes, from: port) }
    persist = { host, first, count in host.assumingMemoryBound(to: Host.self).pointee.persist(first, count: count) }
  }
}

extension virtio_dut_host {
  /// The functions that reach the host by this link, which has to outlive them.
  init(_ link: UnsafeMutablePointer<HostLink>) {
    self.init(
      context: link,
      read: { context, address, bytes, size in
        let bytes = UnsafeMutableRawBufferPointer(start: bytes, count: size)
        return HostLink.of(context).call { $0.read($1, address, bytes) } == true ? 1 : 0
      },
      write: { context, address, bytes, size in
        let bytes = UnsafeRawBufferPointer(start: bytes, count: size)
        return HostLink.of(context).call { $0.write($1, address, bytes) } == true ? 1 : 0
      },
      set_interrupt: { context, level in
        let link = HostLink.of(context)
        if let memory = link.rawMemory, link.host != nil { return memory.levels.append(level != 0) }
        link.call { $0.setInterrupt($1, level != 0) }
      },
      emit: { context, port, bytes, size in
        let bytes = UnsafeRawBufferPointer(start: bytes, count: size)
        HostLink.of(context).call { $0.emit($1, Int(port), bytes) }
      },
      persist: { context, first, count in HostLink.of(context).call { $0.persist($1, first, count) } },
      log: { _, line in
        guard let line else { return }
        _ = Glibc.write(STDERR_FILENO, line, strlen(line))
        _ = Glibc.write(STDERR_FILENO, "\n", 1)
      },
      map: { context, count in
        let regions = context!.assumingMemoryBound(to: HostLink.self).pointee.map()
        count?.pointee = regions?.count ?? 0
        return UnsafePointer(regions?.baseAddress)
      })
  }
}

extension HostLink {
  /// Sound: a library hands back the context that it was given, which is a link.
  fileprivate static func of(_ context: UnsafeMutableRawPointer?) -> HostLink {
    context!.assumingMemoryBound(to: HostLink.self).pointee
  }
}
