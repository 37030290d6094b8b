import FuzzEntry
import TinyEntropy
import VirtioHarness

// Sound: libFuzzer calls the entry points on the thread that `main` runs on, one after the other.
nonisolated(unsafe) private let target = FuzzTarget(style: .entropy, device: TinyEntropy())

/// Fuzzes the device under a driver that knows its trade and errs now and then.
@main
struct FuzzTinyEntropy {
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
