import ArgumentParser

/// How much a corpus may be.
enum Budget: ExpressibleByArgument {
  case programs(Int)
  case bytes(Int)

  /// `200` programs, or `500B`, `64kB`, `4MB`, in powers of 1000.
  init?(argument: String) {
    let digits = argument.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits) else { return nil }
    switch argument.dropFirst(digits.count) {
    case "": self = .programs(number)
    case "B": self.init(number, times: 1)
    case "kB": self.init(number, times: 1000)
    case "MB": self.init(number, times: 1_000_000)
    default: return nil
    }
  }

  private init?(_ number: Int, times unit: Int) {
    let (bytes, isTooMany) = number.multipliedReportingOverflow(by: unit)
    if isTooMany { return nil }
    self = .bytes(bytes)
  }

  /// Of these programs those that fit beside what is there, the first ones first.
  func cut(_ programs: [StoredProgram], beside others: [StoredProgram]) -> [StoredProgram] {
    switch self {
    case .programs(let limit):
      return Array(programs.prefix(max(0, limit - others.count)))
    case .bytes(let limit):
      var rest = limit - others.size
      return programs.filter { program in
        guard program.bytes.count <= rest else { return false }
        rest -= program.bytes.count
        return true
      }
    }
  }
}
