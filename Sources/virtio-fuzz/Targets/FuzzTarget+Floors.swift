/// The least share of a group's checks that has to be in force, over a run: what is suspended, since the driver had
/// broken a rule, tests nothing.
struct Floor {
  let group: String
  /// From 0 to 1.
  let share: Double
}

extension FuzzTarget {
  /// A bit under what runs of some 20,000 programs come to.
  var floors: [Floor] {
    switch self {
    case .registers: []
    case .descriptors: []
    case .lifecycle: []
    }
  }

  /// A line for each floor that these groups are below, or that nothing was armed for.
  func missedFloors(_ groups: [ClauseGroup]) -> [String] {
    floors.compactMap { floor in
      guard let group = groups.first(where: { $0.name == floor.group }), group.devices.armed > 0 else {
        return "\(name): nothing armed \(floor.group), where \(percent(floor.share)) of the checks have to be in force"
      }
      guard group.devices.shareInForce < floor.share else { return nil }
      return "\(name): \(percent(group.devices.shareInForce)) of the checks of \(floor.group) are in force, "
        + "the floor is \(percent(floor.share))"
    }
  }

  private func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
}
