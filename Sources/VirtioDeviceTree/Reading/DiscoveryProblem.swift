import VirtioSpec

/// What is wrong with a virtio-mmio node: a guest would look for the device at a wrong place, or not at all.
public struct DiscoveryProblem: Equatable, Sendable {
  /// Sizes are in bytes; a path is that of the bus or of the controller, not of the node.
  public enum Kind: Equatable, Sendable {
    /// `compatible` has a string that is nearly the one to be found by, or is not there in a node named after virtio.
    case notCompatible(String?)
    case busWithoutRanges(path: String)
    /// The window is not in one of the bus's ranges as a whole.
    case outsideRanges(path: String)
    case raggedRanges(path: String, size: Int, entry: Int)
    case translationTooWide(path: String)
    case noReg
    case badBusCells(path: String)
    case raggedReg(size: Int, entry: Int)
    case regTooWide
    case windowTooSmall(UInt64, minimum: UInt64)
    case windowWraps
    case wrongUnitAddress(String, base: UInt64)
    case noInterrupts
    case badInterruptParent
    case noNode(phandle: UInt32)
    case noInterruptController
    /// The way to the interrupt controller leads back to where it was, or on and on.
    case endlessInterruptParents
    case badInterruptCells(path: String)
    case raggedInterrupts
    case severalInterrupts(Int)
  }

  public let kind: Kind
  /// Of the property's value, or of the node where there is no property, in bytes from the start of the blob.
  public let offset: Int

  init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
  }

  /// What it breaks.
  public var clause: ClauseID {
    switch kind {
    case .busWithoutRanges, .outsideRanges, .raggedRanges, .translationTooWide: .mmioDt01
    case .notCompatible: .mmioDt02
    case .noReg, .badBusCells, .raggedReg, .regTooWide, .windowTooSmall, .windowWraps, .wrongUnitAddress: .mmioDt03
    case .noInterrupts, .badInterruptParent, .noNode, .noInterruptController, .endlessInterruptParents,
      .badInterruptCells, .raggedInterrupts, .severalInterrupts:
      .mmioDt04
    }
  }
}

extension DiscoveryProblem: CustomStringConvertible {
  public var description: String { "byte \(offset): \(clause.name): \(kind)" }
}

extension DiscoveryProblem.Kind: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notCompatible(nil): "there is no 'compatible'; it is \"\(Binding.compatible)\""
    case .notCompatible(let text?):
      // A debug description, since any bytes may be in it.
      "'compatible' has \(text.debugDescription); it is \"\(Binding.compatible)\", letter by letter and ended by a zero byte"
    case .busWithoutRanges(let path):
      "the bus \(path) has no 'ranges', so that its addresses are not the processor's; an empty one makes them so"
    case .outsideRanges(let path): "no entry in the 'ranges' of the bus \(path) has the whole register window"
    case .raggedRanges(let path, let size, let entry):
      "the 'ranges' of the bus \(path) have \(size) bytes; it can be a multiple of \(entry), by the cells of both buses"
    case .translationTooWide(let path): "by the 'ranges' of the bus \(path), the address has more than 64 bits"
    case .noReg: "there is no 'reg'; it is the base and the size of the registers"
    case .badBusCells(let path):
      "the #address-cells or #size-cells of the bus \(path) are no number, or too many; "
        + "they can be up to \(Limits.cells), and an address has one at least"
    case .raggedReg(let size, let entry):
      "'reg' has \(size) bytes; it is base and size, of \(entry) bytes by the cells of the bus"
    case .regTooWide: "'reg' has a base or a size of more than 64 bits"
    case .windowTooSmall(let size, let minimum):
      "the register window has \(hexadecimal(size)) bytes; \(hexadecimal(minimum)) are needed"
    case .windowWraps: "the register window goes beyond the last address of 64 bits"
    case .wrongUnitAddress(let address, let base):
      "the unit address in the node's name is '\(address)', and 'reg' begins with \(String(base, radix: 16))"
    case .noInterrupts: "there is no 'interrupts'; it names the one interrupt of the device"
    case .badInterruptParent: "an 'interrupt-parent' is no phandle, which has four bytes"
    case .noNode(let phandle):
      "the phandle \(hexadecimal(phandle)) is that of no node; the interrupt's controller has it as its 'phandle'"
    case .noInterruptController:
      "there is no interrupt controller; 'interrupt-parent', here or in a node around, names one with #interrupt-cells"
    case .endlessInterruptParents:
      "the interrupt parents lead to no controller with #interrupt-cells; "
        + "they go round, or on for more than \(Limits.interruptParents)"
    case .badInterruptCells(let path):
      "the #interrupt-cells of \(path) are no number, or not from 1 to \(Limits.cells)"
    case .raggedInterrupts: "the interrupt's cells are not as many as the #interrupt-cells of its controller"
    case .severalInterrupts(let count): "there are \(count) interrupts; the device has one"
    }
  }
}
