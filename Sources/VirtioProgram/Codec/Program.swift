/// A program: what its target should be, and the steps that a driver, a host and an adversary take.
public struct Program: Hashable, Sendable {
  public var header: Header
  public var steps: [Step]

  public init(header: Header = Header(), steps: [Step] = []) {
    self.header = header
    self.steps = steps
  }
}
