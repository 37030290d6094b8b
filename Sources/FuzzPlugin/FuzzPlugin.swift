import FuzzEntry
import PluginDevice
import VirtioHarness

// Sound: see `FuzzTarget`.
nonisolated(unsafe) private let target = FuzzTarget(style: .lifecycle, kind: "plugin") { words -> PluginDevice in
  let parts = words.split(separator: ":", maxSplits: 1).map(String.init)
  guard let path = parts.first else { throw WrongDevice("plugin: names no library; it can be plugin:PATH") }
  return try PluginDevice(library: path, configuration: parts.count > 1 ? parts[1] : "")
}

/// Fuzzes the device in the shared library that `VIRTIO_FUZZ_DEVICE` names: `plugin:PATH`, or `plugin:PATH:CONFIGURATION`.
@main
struct FuzzPlugin {
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
