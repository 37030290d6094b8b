import VirtioSpec

extension Header.Device {
  /// What its DeviceID reads.
  public var type: DeviceType {
    switch self {
    case .block: .block
    case .console: .console
    case .entropy: .entropy
    }
  }
}
