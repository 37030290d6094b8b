import VirtioSpec

extension Driver {
  @inlinable
  func store(_ step: Step, _ port: inout some DriverPort & ~Copyable) -> Bool {
    guard let address = resolve(step.address) else { return false }
    return store(step[.value], width: 1 << Int(step[.choice]), at: address, &port)
  }

  @inlinable
  func store(
    _ value: UInt64, width: Int, at address: UInt64, _ port: inout some DriverPort & ~Copyable
  ) -> Bool {
    switch width {
    case 1: port.store(UInt8(truncatingIfNeeded: value), at: address)
    case 2: port.store(UInt16(truncatingIfNeeded: value), at: address)
    case 4: port.store(UInt32(truncatingIfNeeded: value), at: address)
    default: port.store(value, at: address)
    }
  }

  @inlinable
  func fill(_ step: Step, _ port: inout some DriverPort & ~Copyable) -> Bool {
    guard let address = resolve(step.address) else { return false }
    let pattern = Pattern(rawValue: UInt8(step[.choice])) ?? .zero
    return write(pattern, seed: step[.value], length: Int(step[.length]), at: address, &port)
  }

  /// Writes up to ``PatternBytes/maxLength`` bytes.
  @inlinable
  func write(
    _ pattern: Pattern, seed: UInt64, length: Int, at address: UInt64, _ port: inout some DriverPort & ~Copyable
  ) -> Bool {
    let range = patterns.range(pattern, seed: seed, length: length)
    return port.write(patterns.bytes.span.bytes.extracting(range), at: address)
  }

  @inlinable
  mutating func deliver(_ step: Step, _ port: inout some DriverPort & ~Copyable) {
    guard deviceType != .network else { return deliverFrame(step, &port) }
    let pattern = Pattern(rawValue: UInt8(step[.choice])) ?? .zero
    let range = patterns.range(pattern, seed: step[.value], length: Int(step[.length]))
    port.deliver(patterns.bytes.span.bytes.extracting(range), to: Int(step[.queue]))
  }

  @inlinable
  func arm(_ step: Step, _ port: inout some DriverPort & ~Copyable) -> Bool {
    guard let address = resolve(step.address) else { return false }
    port.arm(Race(address: address, width: 1 << Int(step[.choice]), value: step[.value], after: step[.count]))
    return true
  }
}
