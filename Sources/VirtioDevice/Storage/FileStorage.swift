import VirtioMemory

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A disk image in a file.
public struct FileStorage: ~Copyable, BlockStorage {
  /// Why an image cannot be used.
  public struct OpenError: Error, CustomStringConvertible {
    public let path: String
    public let reason: String

    public var description: String { "disk image \(path): \(reason)" }
  }

  public private(set) var size: UInt64
  private let descriptor: Int32
  // Sound: allocated in init, freed in deinit, and used only inside one method at a time.
  private let scratch: UnsafeMutableRawBufferPointer

  /// Opens an image of whole sectors of 512 bytes.
  public init(path: String, readOnly: Bool = false) throws(OpenError) {
    let opened = open(path, readOnly ? O_RDONLY | O_CLOEXEC : O_RDWR | O_CLOEXEC)
    guard opened >= 0 else { throw OpenError(path: path, reason: String(cString: strerror(errno))) }
    let end = lseek(opened, 0, SEEK_END)
    guard end >= 0, end % 512 == 0 else {
      _ = close(opened)
      throw OpenError(path: path, reason: "its size of \(end) bytes is not a multiple of 512")
    }
    descriptor = opened
    // Behind what may fail: nothing frees it there.
    scratch = .allocate(byteCount: 65536, alignment: 16)
    size = UInt64(end)
  }

  deinit {
    _ = close(descriptor)
    scratch.deallocate()
  }

  public mutating func resize(to size: UInt64) -> Bool {
    guard size <= UInt64(Int64.max), ftruncate(descriptor, off_t(size)) == 0 else { return false }
    self.size = size
    return true
  }

  public mutating func load(
    _ offset: UInt64, _ length: UInt64, to address: UInt64, of memory: inout some GuestMemory & ~Copyable
  ) -> Bool {
    var done: UInt64 = 0
    while done < length {
      let part = UnsafeMutableRawBufferPointer(rebasing: scratch.prefix(Int(min(length - done, UInt64(scratch.count)))))
      guard transfer(part, offset + done, pread),
        memory.write(UnsafeRawBufferPointer(part).bytes, at: address &+ done)
      else { return false }
      done += UInt64(part.count)
    }
    return true
  }

  public mutating func store(
    _ offset: UInt64, _ length: UInt64, from address: UInt64, of memory: inout some GuestMemory & ~Copyable
  ) -> Bool {
    var done: UInt64 = 0
    while done < length {
      let part = UnsafeMutableRawBufferPointer(rebasing: scratch.prefix(Int(min(length - done, UInt64(scratch.count)))))
      var bytes = part.mutableBytes
      guard memory.read(address &+ done, into: &bytes),
        transfer(part, offset + done, { pwrite($0, $1, $2, $3) })
      else { return false }
      done += UInt64(part.count)
    }
    return true
  }

  public mutating func zero(_ offset: UInt64, _ length: UInt64, deallocate: Bool) -> Bool {
    scratch.initializeMemory(as: UInt8.self, repeating: 0)
    var done: UInt64 = 0
    while done < length {
      let part = UnsafeMutableRawBufferPointer(rebasing: scratch.prefix(Int(min(length - done, UInt64(scratch.count)))))
      guard transfer(part, offset + done, { pwrite($0, $1, $2, $3) }) else { return false }
      done += UInt64(part.count)
    }
    return true
  }

  public mutating func flush(host: inout some DeviceHost & ~Copyable) -> Bool { fsync(descriptor) == 0 }

  /// Repeats a system call until all of `buffer` is done: it may do less than it was asked for, and may be
  /// interrupted. False on an error, or where the file ends.
  func transfer(
    _ buffer: UnsafeMutableRawBufferPointer, _ offset: UInt64,
    _ call: (Int32, UnsafeMutableRawPointer, Int, off_t) -> Int
  ) -> Bool {
    var done = 0
    while done < buffer.count {
      let result = call(descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset) + off_t(done))
      if result > 0 {
        done += result
      } else if result == 0 || errno != EINTR {
        return false
      }
    }
    return true
  }
}
