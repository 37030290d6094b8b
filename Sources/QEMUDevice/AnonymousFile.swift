import CTiedProcess
import Glibc

/// A file without a name, which a child process can be given.
final class AnonymousFile {
  let descriptor: Int32

  /// Nil, with errno set, where there is none to be had.
  init?(size: Int, bytes: [UInt8] = []) {
    descriptor = tied_process_file()
    guard descriptor >= 0 else { return nil }
    guard ftruncate(descriptor, size) == 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }

  /// All zeroes, and of this size.
  func rewind(size: Int) {
    ftruncate(descriptor, 0)
    ftruncate(descriptor, size)
  }

  /// The text in it, from the `count`-th byte before its end on.
  func tail(_ count: Int) -> String {
    let end = lseek(descriptor, 0, SEEK_END)
    var bytes = [UInt8](repeating: 0, count: min(count, Int(end)))
    let read = pread(descriptor, &bytes, bytes.count, end - bytes.count)
    return String(decoding: bytes.prefix(max(read, 0)), as: UTF8.self)
  }
}
