import FuzzEntry
import Glibc
import QEMUDevice
import VirtioHarness

// Sound: see `FuzzTarget`.
nonisolated(unsafe) private let target = FuzzTarget(style: .lifecycle, device: device())

/// Fuzzes the device of a QEMU that `VIRTIO_FUZZ_DEVICE` describes: see `QEMUOptions`.
@main
struct FuzzQEMU {
  static func main() { target.main() }
}

private func device() -> QEMUDevice {
  func giveUp(_ code: Int32, _ message: String) -> Never {
    let line = "error: \(message)\n"
    _ = write(STDERR_FILENO, line, line.utf8.count)
    exit(code)
  }
  guard let text = getenv("VIRTIO_FUZZ_DEVICE").map({ String(cString: $0) }) else {
    giveUp(64, "no device; VIRTIO_FUZZ_DEVICE names one, as in blk or rng,legacy")
  }
  do {
    return try QEMUDevice(QEMUOptions(text))
  } catch let error as QEMUOptions.Problem {
    giveUp(64, "qemu:\(text): \(error)")
  } catch {
    giveUp(1, "qemu:\(text): \(error)")
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
