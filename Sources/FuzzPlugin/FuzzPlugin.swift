import FuzzEntry
import Glibc
import PluginDevice
import VirtioHarness

// Sound: see `FuzzTarget`.
nonisolated(unsafe) private let target = FuzzTarget(style: .lifecycle, device: device())

/// Fuzzes the device in the shared library that `VIRTIO_FUZZ_DEVICE` names: `PATH`, or `PATH:CONFIGURATION`.
@main
struct FuzzPlugin {
  static func main() { target.main() }
}

private func device() -> PluginDevice {
  func giveUp(_ code: Int32, _ message: String) -> Never {
    let line = "error: \(message)\n"
    _ = write(STDERR_FILENO, line, line.utf8.count)
    exit(code)
  }
  let words = (getenv("VIRTIO_FUZZ_DEVICE").map { String(cString: $0) } ?? "").split(separator: ":", maxSplits: 1)
  guard let path = words.first else {
    giveUp(64, "no device; VIRTIO_FUZZ_DEVICE=PATH or =PATH:CONFIGURATION names a shared library")
  }
  do {
    return try PluginDevice(library: String(path), configuration: words.count > 1 ? String(words[1]) : "")
  } catch {
    giveUp(1, "\(error)")
  }
}

@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  target.testOneInput(data, size)
}

@c(LLVMFuzzerCustomMutator)
public func mutate(_ data: UnsafeMutablePointer<UInt8>?, _ size: Int, _ maxSize: Int, _ seed: UInt32) -> Int {
  target.mutate(data, size, maxSize, seed)
}

@c(LLVMFuzzerCustomCrossOver)
public func crossOver(
  _ first: UnsafePointer<UInt8>?, _ firstSize: Int, _ second: UnsafePointer<UInt8>?, _ secondSize: Int,
  _ out: UnsafeMutablePointer<UInt8>?, _ maxSize: Int, _ seed: UInt32
) -> Int {
  target.crossOver(first, firstSize, second, secondSize, out, maxSize, seed)
}
