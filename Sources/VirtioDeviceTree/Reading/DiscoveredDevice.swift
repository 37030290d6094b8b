import VirtioSpec

/// A virtio-mmio node of a device tree, as far as it can be understood, and what is wrong with it.
public struct DiscoveredDevice: Equatable, Sendable {
  /// Whether a guest uses it. An unknown word is for those who know it, and means that it does not.
  public enum Status: String, Sendable {
    case okay, disabled, reserved, fail, unknown
  }

  /// The names of the nodes on the way, with their unit addresses.
  public let path: String
  /// Of the node, in bytes from the start of the blob.
  public let offset: Int
  /// By the first entry of `reg`; the base is the processor's address, behind the translation by all buses. Nil where a
  /// problem says why.
  public let window: RegisterWindow?
  /// As the node's interrupt parent counts them: an `interrupt-map` is not followed.
  public let interrupts: [Interrupt]
  /// Where a bus around it is not okay, that of the bus.
  public let status: Status
  /// Empty for a node that keeps MMIO-DT-01 to MMIO-DT-04.
  public let problems: [DiscoveryProblem]
}
