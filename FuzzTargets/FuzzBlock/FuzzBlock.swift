import FuzzEntry
import VirtioHarness

// Sound: see `FuzzTarget`.
nonisolated(unsafe) private let target = FuzzTarget(style: .block, device: ReferenceDevice())

/// Fuzzes the reference device as a block device, under a driver that knows its trade.
@main
struct FuzzBlock {
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
