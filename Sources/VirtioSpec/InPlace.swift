import Synchronization

/// As a field of a large struct that cannot be copied: its methods get its address.
///
/// Without it, Swift 6.3 passes the struct to a method that only looks at it as a value: all of its bytes are copied to
/// the stack, 1 to 2 KB for a question about one of them. What has an atomic inside is never a value, so that it stays
/// where it is. Nobody ever looks at this one.
public struct InPlace: ~Copyable {
  private let pin = Atomic<Bool>(false)

  public init() {}
}
