import VirtioSpec

// Accesses that no driver makes: HOUSE-09.
extension Judge {
  /// Accesses to a control register with a wrong width, alignment or direction, and to offsets without one, read 0.
  mutating func house09(_ event: Event) {
    guard shadow.profile.declaresHousePolicy else { return }
    check(.house09, event.value == 0, seen: event.value, expected: 0)
  }
}
