/// The least share of a group's checks that has to be in force over a run: a check that is suspended, since the driver
/// had broken a rule, tests nothing.
struct Floor {
  let group: String
  /// From 0 to 1.
  let share: Double

  init(_ group: String, _ share: Double) {
    self.group = group
    self.share = share
  }

  /// `MMIO-REG: 97.5 % of the checks in force, floor 90 %`, and whether that is enough. Nothing armed is not.
  func verdict(_ groups: [ClauseGroup]) -> (text: String, isKept: Bool) {
    guard let count = groups.first(where: { $0.name == group })?.devices, count.armed > 0 else {
      return ("\(group): nothing armed it, floor \(percent(share))", false)
    }
    let isKept = count.shareInForce >= share
    let below = isKept ? "" : ", which it is below"
    return ("\(group): \(percent(count.shareInForce)) of the checks in force, floor \(percent(share))\(below)", isKept)
  }

  private func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
}

extension FuzzTarget {
  /// A bit under what runs of 20,000 programs come to. Obligations of our own are never suspended. A group whose rules are
  /// new gets its floor when it was measured.
  var floors: [Floor] {
    switch self {
    case .registers:
      // Registers that are written in any order lose queues: nobody knows which one was meant.
      [
        Floor("MMIO-REG", 0.85), Floor("MMIO-DEV", 0.85), Floor("STAT-DEV", 0.9), Floor("FEAT-DEV", 0.85),
        Floor("RESET-DEV", 0.9), Floor("CFG-DEV", 0.9), Floor("SPLIT-DEV", 0.85), Floor("INDIRECT-DEV", 0.9),
        Floor("EVENTIDX-DEV", 0.95), Floor("BLK-DEV", 0.9), Floor("ROB", 1), Floor("HOUSE", 1),
      ]
    case .legacy: FuzzTarget.lifecycle.floors + [Floor("MMIO-LEG", 0.9), Floor("LEG", 0.95)]
    case .packed:
      // Nearly no queue is a split one.
      FuzzTarget.lifecycle.floors.filter { !["SPLIT-DEV", "INDIRECT-DEV", "EVENTIDX-DEV"].contains($0.group) }
        + [Floor("PACKED-DEV", 0.95)]
    case .entropy:
      // There is no configuration space (section 5.4.4): what arms CFG-DEV is another device, of which few are there.
      FuzzTarget.lifecycle.floors.filter { !["BLK-DEV", "CFG-DEV"].contains($0.group) } + [Floor("RNG-DEV", 0.95)]
    case .console: FuzzTarget.lifecycle.floors.filter { $0.group != "BLK-DEV" } + [Floor("CONSOLE-DEV", 0.8)]
    case .network: FuzzTarget.lifecycle.floors.filter { $0.group != "BLK-DEV" } + [Floor("NET-DEV", 0.95)]
    case .descriptors, .lifecycle, .block:
      [
        Floor("MMIO-REG", 0.95), Floor("MMIO-DEV", 0.9), Floor("STAT-DEV", 0.9), Floor("FEAT-DEV", 0.9),
        Floor("RESET-DEV", 0.9), Floor("CFG-DEV", 0.9), Floor("SPLIT-DEV", 0.95), Floor("INDIRECT-DEV", 0.9),
        Floor("EVENTIDX-DEV", 0.95), Floor("BLK-DEV", 0.9), Floor("ROB", 1), Floor("HOUSE", 1),
      ]
    }
  }
}
