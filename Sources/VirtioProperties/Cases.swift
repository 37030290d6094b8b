#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How many programs a property is checked on, and from which seed: `VIRTIO_FUZZ_CASES` and `VIRTIO_FUZZ_SEED`.
public enum Cases {
  public static var count: Int { number("VIRTIO_FUZZ_CASES") ?? 300 }
  public static var seed: UInt64 { UInt64(number("VIRTIO_FUZZ_SEED") ?? 20_260_101) }

  private static func number(_ name: String) -> Int? {
    guard let text = getenv(name).map({ String(cString: $0) }), !text.isEmpty else { return nil }
    guard let number = Int(text), number >= 0 else { fatalError("\(name) is '\(text)': it has to be a whole number") }
    return number
  }
}
