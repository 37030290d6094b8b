extension DeviceFinder {
  /// The interrupts of a device: those of `interrupts-extended` where it is there, as the specification of device trees
  /// has it, else those of `interrupts`.
  mutating func interrupts(of node: Int) -> [Interrupt] {
    let properties = tree.nodes[node]
    let interrupts: [Interrupt]?
    let offset: Int
    if let extended = properties[.interruptsExtended] {
      offset = extended.lowerBound
      interrupts = extendedInterrupts(extended)
    } else if let plain = properties[.interrupts] {
      offset = plain.lowerBound
      interrupts = plainInterrupts(plain, of: node)
    } else {
      return report(.noInterrupts, at: properties.offset) ?? []
    }
    guard let interrupts else { return [] }
    if interrupts.isEmpty { problems.append(DiscoveryProblem(.noInterrupts, at: offset)) }
    if interrupts.count > 1 { problems.append(DiscoveryProblem(.severalInterrupts(interrupts.count), at: offset)) }
    return interrupts
  }

  /// Specifiers one behind the other, all for the interrupt parent.
  private mutating func plainInterrupts(_ value: Range<Int>, of node: Int) -> [Interrupt]? {
    guard let parent = interruptParent(of: node), let count = interruptCells(of: parent) else { return nil }
    guard value.count % (4 * count) == 0 else { return report(.raggedInterrupts, at: value.lowerBound) }
    let cells = tree.blob.words(value)
    return stride(from: 0, to: cells.count, by: count).compactMap { Interrupt(cells: Array(cells[$0..<$0 + count])) }
  }

  /// Specifiers, each behind the phandle of its controller.
  private mutating func extendedInterrupts(_ value: Range<Int>) -> [Interrupt]? {
    guard value.count % 4 == 0 else { return report(.raggedInterrupts, at: value.lowerBound) }
    var rest = tree.blob.words(value)[...]
    var interrupts: [Interrupt] = []
    while let phandle = rest.popFirst() {
      guard let controller = tree.node(phandle: phandle) else {
        return report(.noNode(phandle: phandle), at: value.lowerBound)
      }
      guard let count = interruptCells(of: controller) else { return nil }
      guard count <= rest.count, let interrupt = Interrupt(cells: Array(rest.prefix(count))) else {
        return report(.raggedInterrupts, at: value.lowerBound)
      }
      interrupts.append(interrupt)
      rest = rest.dropFirst(count)
    }
    return interrupts
  }

  /// The node whose #interrupt-cells say how a node's interrupts are written: the first with them on the way that
  /// `interrupt-parent`, and where it is not there the nodes around, lead.
  private mutating func interruptParent(of node: Int) -> Int? {
    var current = node
    for _ in 0..<Limits.interruptParents {
      let next: Int
      if let property = tree.nodes[current][.interruptParent] {
        guard let phandle = tree.blob.word(property) else {
          return report(.badInterruptParent, at: property.lowerBound)
        }
        guard let named = tree.node(phandle: phandle) else {
          return report(.noNode(phandle: phandle), at: property.lowerBound)
        }
        next = named
      } else if let parent = tree.nodes[current].parent {
        next = parent
      } else {
        return report(.noInterruptController, at: tree.nodes[node].offset)
      }
      if tree.nodes[next][.interruptCells] != nil { return next }
      current = next
    }
    return report(.endlessInterruptParents, at: tree.nodes[node].offset)
  }

  private mutating func interruptCells(of controller: Int) -> Int? {
    guard let count = tree.word(.interruptCells, of: controller), (1...Limits.cells).contains(count) else {
      return report(.badInterruptCells(path: tree.path(of: controller)), at: tree.nodes[controller].offset)
    }
    return Int(count)
  }
}
