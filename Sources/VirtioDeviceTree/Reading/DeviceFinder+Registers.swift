import VirtioSpec

extension DeviceFinder {
  /// Where the device's registers are, by `reg` and the `ranges` of the buses.
  mutating func registerWindow(of node: Int) throws(DeviceTreeError) -> RegisterWindow? {
    guard let bus = tree.nodes[node].parent, let reg = tree.nodes[node][.reg] else {
      return report(.noReg, at: tree.nodes[node].offset)
    }
    guard let cells = cells(of: bus) else { return nil }
    let entry = 4 * (cells.address + cells.size)
    guard !reg.isEmpty, reg.count % entry == 0 else {
      return report(.raggedReg(size: reg.count, entry: entry), at: reg.lowerBound)
    }
    guard let base = tree.blob.number(at: reg.lowerBound, cells: cells.address),
      let size = tree.blob.number(at: reg.lowerBound + 4 * cells.address, cells: cells.size)
    else { return report(.regTooWide, at: reg.lowerBound) }

    let name = tree.name(of: node).split(separator: "@", maxSplits: 1)
    if name.count == 2, UInt64(name[1], radix: 16) != base {
      problems.append(DiscoveryProblem(.wrongUnitAddress(String(name[1]), base: base), at: tree.nodes[node].offset))
    }
    let minimum = Binding.minimumSize(for: name.first.flatMap(DeviceType.init(nodeName:)))
    if size < minimum {
      problems.append(DiscoveryProblem(.windowTooSmall(size, minimum: minimum), at: reg.lowerBound))
    }
    let window = RegisterWindow(base: base, size: size)
    guard !window.wraps else { return report(.windowWraps, at: reg.lowerBound) }
    return try translated(window, from: bus)
  }

  /// The window as the processor sees it, for one that a bus's children see.
  private mutating func translated(
    _ window: RegisterWindow, from start: Int
  ) throws(DeviceTreeError) -> RegisterWindow? {
    var window = window
    var bus = start
    // What the root's children see is what the processor sees.
    while let outer = tree.nodes[bus].parent {
      guard let ranges = tree.nodes[bus][.ranges] else {
        return report(.busWithoutRanges(path: tree.path(of: bus)), at: tree.nodes[bus].offset)
      }
      // Empty ranges change nothing.
      if !ranges.isEmpty {
        guard let base = try translatedBase(window, by: ranges, of: bus, to: outer) else { return nil }
        window.base = base
      }
      bus = outer
    }
    return window
  }

  private mutating func translatedBase(
    _ window: RegisterWindow, by ranges: Range<Int>, of bus: Int, to outer: Int
  ) throws(DeviceTreeError) -> UInt64? {
    guard let inside = cells(of: bus), let outside = cells(of: outer) else { return nil }
    let entry = 4 * (inside.address + outside.address + inside.size)
    guard ranges.count % entry == 0 else {
      return report(
        .raggedRanges(path: tree.path(of: bus), size: ranges.count, entry: entry), at: ranges.lowerBound)
    }
    for offset in stride(from: ranges.lowerBound, to: ranges.upperBound, by: entry) {
      rangeEntriesLeft -= 1
      guard rangeEntriesLeft >= 0 else { throw DeviceTreeError(.tooManyRanges, at: offset) }
      let outsideOffset = offset + 4 * inside.address
      // An entry of more than 64 bits is not for this window, whose address has no more.
      guard let start = tree.blob.number(at: offset, cells: inside.address),
        let size = tree.blob.number(at: outsideOffset + 4 * outside.address, cells: inside.size),
        RegisterWindow(base: start, size: size).contains(window)
      else { continue }
      guard let base = tree.blob.number(at: outsideOffset, cells: outside.address),
        case (let sum, false) = base.addingReportingOverflow(window.base - start),
        !RegisterWindow(base: sum, size: window.size).wraps
      else { return report(.translationTooWide(path: tree.path(of: bus)), at: offset) }
      return sum
    }
    return report(.outsideRanges(path: tree.path(of: bus)), at: ranges.lowerBound)
  }

  /// How many cells an address and a size have in the `reg` of a bus's children.
  private mutating func cells(of bus: Int) -> (address: Int, size: Int)? {
    /// What the specification of device trees says for a bus without the property, else.
    func count(_ name: PropertyName, default: UInt32) -> UInt32? {
      tree.nodes[bus][name] == nil ? `default` : tree.word(name, of: bus)
    }
    guard let address = count(.addressCells, default: 2), let size = count(.sizeCells, default: 1),
      (1...Limits.cells).contains(address), size <= Limits.cells
    else { return report(.badBusCells(path: tree.path(of: bus)), at: tree.nodes[bus].offset) }
    return (Int(address), Int(size))
  }

  /// Notes a problem that leaves nothing to go on with.
  mutating func report<Value>(_ problem: DiscoveryProblem.Kind, at offset: Int) -> Value? {
    problems.append(DiscoveryProblem(problem, at: offset))
    return nil
  }
}

extension RegisterWindow {
  /// Whether it goes beyond the last address.
  fileprivate var wraps: Bool { size > 0 && base > UInt64.max - (size - 1) }

  /// Whether all of another one is in it, which does not wrap.
  fileprivate func contains(_ other: RegisterWindow) -> Bool {
    other.base >= base && other.base - base < size && other.size <= size - (other.base - base)
  }
}
