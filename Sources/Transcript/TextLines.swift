import VirtioOracle
import VirtioProgram
import VirtioSpec

/// A transcript for people, line by line.
public struct TextLines {
  /// Of a run of memory accesses in one step, how many are shown; the others are counted.
  private static let runLimit = 32
  /// The bytes of one access that are shown.
  private static let byteLimit = 16

  private let colour: Bool
  private var run = 0

  public init(colour: Bool) { self.colour = colour }

  /// What comes before the first entry.
  public func head(of program: Program) -> String {
    program.text().split(separator: "\n").prefix(2).map { paint("\($0)\n", .dim) }.joined()
  }

  public mutating func text(_ entry: Entry) -> String {
    if case .area = entry { return "" }
    if case .memory(let access) = entry {
      run += 1
      return run <= Self.runLimit ? line(access) : ""
    }
    let rest = run - Self.runLimit
    run = 0
    return (rest > 0 ? paint("        … \(rest) more accesses to memory\n", .dim) : "") + line(entry)
  }

  private func line(_ entry: Entry) -> String {
    switch entry {
    case .step(let number, let text): paint("\(pad("\(number)", 4))  \(text)\n", .bold)
    case .behindLastStep: paint("      behind the last step\n", .bold)
    case .register(let access): line(access)
    case .memory(let access): line(access)
    case .interrupt(let isActive): paint("        interrupt line \(isActive ? "rises" : "falls")\n", .green)
    case .area: ""
    case .host(let what, _): "        host: \(what)\n"
    case .finding(let finding): lines(finding)
    case .breach(let breach):
      paint("      ! the driver breaks \(breach.clause.name): \(breach.clause.clause.says)\n", .yellow)
    }
  }

  private func line(_ access: RegisterAccess) -> String {
    let width = access.width == Register.width ? "" : " (\(access.width) bytes)"
    let verb = access.isWrite ? "write" : "read "
    let arrow = access.isWrite ? "<-" : "->"
    let meaning = access.meaning.map { "  \($0)" } ?? ""
    return "      \(verb) \(pad(access.name, -17))\(width) \(arrow) \(hexadecimal(access.value))\(meaning)\n"
  }

  private func line(_ access: MemoryAccess) -> String {
    let who = access.isByDevice ? "device" : "driver"
    let verb = access.isRefused ? "asks for" : access.isWrite ? "writes" : "reads"
    let place = access.isRefused ? "  not RAM" : access.place.map { "  \($0)" } ?? ""
    let more = access.count > Self.byteLimit ? " …" : ""
    let bytes = access.bytes.prefix(Self.byteLimit).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0\(digits)" : digits
    }
    let shown = bytes.isEmpty ? "" : "  \(bytes.joined(separator: " "))\(more)"
    return "        \(who) \(verb) \(access.count) at \(hexadecimal(access.address))\(place)\(paint(shown, .dim))\n"
  }

  private func lines(_ finding: Finding) -> String {
    let clause = finding.clause.clause
    let colour: Colour = finding.severity == .error ? .red : .yellow
    let title = "      × \(clause.name)\(finding.severity == .error ? "" : " (warning)"): \(clause.says)\n"
    return paint(title, colour)
      + "        section:  \(clause.section)\n"
      + "        seen:     \(hexadecimal(finding.seen)), expected \(hexadecimal(finding.expected))\n"
      + "        at fault: \(finding.fault)\n"
  }

  /// What comes behind the last entry.
  public func verdict(_ ledger: borrowing Ledger) -> String {
    var text = "\n"
    let findings = ledger.findings
    if let first = findings.first(where: { $0.severity == .error }) ?? findings.first {
      let others = findings.count == 1 ? "" : ", and \(findings.count - 1) more"
      let place = first.stepKind == 255 ? "behind the last step" : "at step \(first.step)"
      let colour: Colour = first.severity == .error ? .red : .yellow
      text += paint("verdict: \(first.clause.name) \(place)\(others)\n", colour)
      text += "  \(first.clause.clause.says)\n  first at fault: \(first.fault)\n"
    } else {
      text += paint("verdict: the device keeps all that was put to the test\n", .green)
    }
    if let scope = ledger.scope.text { text += "scope: \(scope)\n" }
    return text
  }

  // Colours.

  private enum Colour: String {
    case bold = "1"
    case dim = "2"
    case red = "1;31"
    case green = "32"
    case yellow = "33"
  }

  private func paint(_ text: String, _ with: Colour) -> String {
    guard colour, !text.isEmpty else { return text }
    let end = text.hasSuffix("\n") ? "\n" : ""
    return "\u{1b}[\(with.rawValue)m\(text.dropLast(end.count))\u{1b}[0m\(end)"
  }

  /// Blanks before, or behind for a negative width.
  private func pad(_ text: String, _ width: Int) -> String {
    let blanks = String(repeating: " ", count: max(0, abs(width) - text.count))
    return width < 0 ? text + blanks : blanks + text
  }
}

extension Clause {
  /// The section that it is from, as a reader finds it.
  public var section: String {
    let parts = source.split(separator: ":", maxSplits: 2).map(String.init)
    return switch parts.count {
    case 3: parts[2]
    case 2 where parts[0] == "mmio": "Virtio Over MMIO / \(parts[1])"
    default: source
    }
  }
}

extension Finding {
  /// Who was first at fault.
  public var fault: String {
    guard let driverFault else { return "the device" }
    let says = driverFault.clause.clause.says
    return "the driver, which broke \(driverFault.clause.name) at step \(driverFault.step): \(says)"
  }
}
