import FuzzEntry
import QEMUDevice
import VirtioHarness

// Sound: see `FuzzTarget`.
nonisolated(unsafe) private let target = FuzzTarget(style: .lifecycle, kind: "qemu") { words -> QEMUDevice in
  do {
    return try QEMUDevice(QEMUOptions(words))
  } catch let problem as QEMUOptions.Problem {
    throw WrongDevice("\(problem)")
  }
}

/// Fuzzes the device of a QEMU that `VIRTIO_FUZZ_DEVICE` describes: `qemu:` and what `QEMUOptions` says.
@main
struct FuzzQEMU {
  static func main() { target.main() }
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
