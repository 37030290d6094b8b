/// What has to be looked at when the device returns from an action.
struct Unsettled: OptionSet {
  let rawValue: UInt8

  /// ``Shadow/anyProbed``
  static let probe = Unsettled(rawValue: 1)
  /// ``Shadow/anyStopping``
  static let stop = Unsettled(rawValue: 2)
  /// ``Shadow/isResetting``
  static let reset = Unsettled(rawValue: 4)
  /// ``Shadow/lineIsInQuestion``
  static let line = Unsettled(rawValue: 8)
  /// ``ConsoleShadow/emergency``
  static let emergency = Unsettled(rawValue: 16)
  /// ``NetworkShadow/assemblies`` of which one may not be whole.
  static let assembly = Unsettled(rawValue: 32)
  /// What becomes of ``NetworkShadow/frames``: the device is being polled.
  static let frames = Unsettled(rawValue: 64)

  mutating func set(_ member: Unsettled, _ isMember: Bool) {
    if isMember { insert(member) } else { remove(member) }
  }
}
