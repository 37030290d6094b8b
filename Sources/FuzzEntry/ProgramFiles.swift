import Glibc

/// A path that cannot be read, and why.
struct UnreadablePath: Error, CustomStringConvertible {
  let path: String
  let reason: String

  /// The path, with what errno says now.
  init(_ path: String) {
    self.path = path
    reason = String(cString: strerror(errno))
  }

  var description: String { "\(path): \(reason)" }
}

/// The files that these paths stand for: files themselves, and all files in folders and in the folders in them, in the
/// order of their names.
func programFiles(at paths: [String]) throws(UnreadablePath) -> [String] {
  var files: [String] = []
  for path in paths {
    if isFolder(path) {
      files += try programFiles(at: try entries(ofFolder: path).map { "\(path)/\($0)" })
    } else {
      files.append(path)
    }
  }
  return files
}

/// All bytes of a file.
func readFile(_ path: String) throws(UnreadablePath) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw UnreadablePath(path) }
  defer { close(descriptor) }
  guard let bytes = readAll(descriptor) else { throw UnreadablePath(path) }
  return bytes
}

/// All bytes that are left to read; nil, with errno set, where reading fails.
func readAll(_ descriptor: Int32) -> [UInt8]? {
  var bytes: [UInt8] = []
  while true {
    var count = 0
    bytes += [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, initializedCount in
      count = read(descriptor, buffer.baseAddress, buffer.count)
      initializedCount = max(0, count)
    }
    guard count > 0 else { return count == 0 ? bytes : nil }
  }
}

/// Puts these bytes into the place of a file as a whole, or not at all.
func replaceFile(_ path: String, with bytes: [UInt8]) throws(UnreadablePath) {
  let partial = "\(path).\(getpid()).partial"
  let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  guard descriptor >= 0 else { throw UnreadablePath(partial) }
  let isWritten = bytes.withUnsafeBytes { writeAll($0, to: descriptor) }
  guard isWritten, close(descriptor) == 0, rename(partial, path) == 0 else {
    defer { unlink(partial) }
    throw UnreadablePath(path)
  }
}

/// A number of 8 bytes; nil where there are fewer.
func readValue(_ descriptor: Int32) -> UInt64? {
  readExactly(MemoryLayout<UInt64>.size, from: descriptor)?.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
}

/// So many bytes; nil where there are fewer.
func readExactly(_ size: Int, from descriptor: Int32) -> [UInt8]? {
  let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    while count < size {
      // Sound: `size` bytes are there, of which `count` are written.
      let more = read(descriptor, buffer.baseAddress! + count, size - count)
      guard more > 0 else { return }
      count += more
    }
  }
  return bytes.count == size ? bytes : nil
}

func isFile(_ path: String) -> Bool { kind(of: path) == S_IFREG }

private func isFolder(_ path: String) -> Bool { kind(of: path) == S_IFDIR }

private func kind(of path: String) -> mode_t? {
  var status = stat()
  return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
}

private func entries(ofFolder path: String) throws(UnreadablePath) -> [String] {
  guard let folder = opendir(path) else { throw UnreadablePath(path) }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    if !name.hasPrefix(".") { names.append(name) }
  }
  return names.sorted()
}
