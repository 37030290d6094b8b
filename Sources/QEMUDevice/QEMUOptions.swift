import VirtioSpec

/// Which device of QEMU, and how QEMU is started: `blk`, `rng,legacy`, `net,machine=microvm`.
///
/// What is no option here is a property of QEMU's device: `blk,num-queues=2,event_idx=off`. Behind a space, everything is for
/// QEMU's own command line: `blk -trace virtio_queue_notify`.
public struct QEMUOptions: Equatable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    case block = "blk"
    case entropy = "rng"
    case console
    case network = "net"
  }

  public enum Machine: String, CaseIterable, Sendable {
    case virt
    case microvm
  }

  /// What is wrong with a text, and what would be right.
  public struct Problem: Error, CustomStringConvertible {
    public let description: String
  }

  public let kind: Kind
  public var machine = Machine.virt
  public var isLegacy = false
  /// The program; nil for the one that the machine is in.
  public var binary: String?
  /// Properties of the device, such as `num-queues=2`.
  public var properties: [String] = []
  /// Further arguments.
  public var arguments: [String] = []

  public init(_ text: String) throws(Problem) {
    let words = text.split(separator: " ").map(String.init)
    let parts = (words.first ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard let kind = Kind(rawValue: parts.first ?? "") else {
      let kinds = Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw Problem(description: "'\(parts.first ?? "")' is no device; it can be \(kinds)")
    }
    self.kind = kind
    arguments = Array(words.dropFirst())
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      switch (pair[0], pair.count) {
      case ("legacy", 1): isLegacy = true
      case ("machine", 2):
        guard let machine = Machine(rawValue: pair[1]) else {
          throw Problem(description: "'\(pair[1])' is no machine; it can be virt or microvm")
        }
        self.machine = machine
      case ("binary", 2): binary = pair[1]
      case (_, 2) where !pair[0].isEmpty: properties.append(part)
      default:
        throw Problem(
          description: "'\(part)' is no option; it can be legacy, machine=virt or microvm, binary=PATH, or a property "
            + "of QEMU's device, as in event_idx=off")
      }
    }
  }
}
