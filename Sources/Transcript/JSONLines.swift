import VirtioOracle
import VirtioProgram
import VirtioSpec

/// A transcript for programs: a JSON object a line, so that a run that ends without warning leaves a valid beginning.
/// The member `kind` says what each line is.
public struct JSONLines {
  public init() {}

  /// What comes before the first entry.
  public func head(of program: Program, _ memory: MemoryMap) -> String {
    let lines = program.text().split(separator: "\n")
    let regions = memory.regions.map { "[\(quoted(hexadecimal($0.base))),\($0.size)]" }
    return object(
      "head", ("program", quoted(lines.prefix(2).joined(separator: "\n"))),
      ("steps", "\(program.steps.count)"), ("memory", "[\(regions.joined(separator: ","))]"))
  }

  public func text(_ entry: Entry) -> String {
    switch entry {
    case .step(let number, let text): object("step", ("number", "\(number)"), ("text", quoted(text)))
    case .behindLastStep: object("end")
    case .register(let access):
      object(
        "register", ("name", quoted(access.name)), ("offset", "\(access.offset)"), ("width", "\(access.width)"),
        ("value", quoted(hexadecimal(access.value))), ("isWrite", "\(access.isWrite)"),
        ("meaning", access.meaning.map(quoted) ?? "null"))
    case .memory(let access):
      object(
        "memory", ("isByDevice", "\(access.isByDevice)"), ("isWrite", "\(access.isWrite)"),
        ("address", quoted(hexadecimal(access.address))), ("count", "\(access.count)"),
        ("bytes", quoted(access.bytes.map { $0 < 16 ? "0\(String($0, radix: 16))" : String($0, radix: 16) }.joined())),
        ("place", access.place.map(quoted) ?? "null"), ("isRefused", "\(access.isRefused)"))
    case .interrupt(let isActive): object("interrupt", ("isActive", "\(isActive)"))
    case .area(let area):
      object(
        "area", ("area", quoted(area.kind.rawValue)), ("queue", "\(area.queue)"), ("descriptor", "\(area.descriptor)"),
        ("address", quoted(hexadecimal(area.address))), ("count", "\(area.count)"))
    case .host(let what, let isByDevice): object("host", ("text", quoted(what)), ("isByDevice", "\(isByDevice)"))
    case .finding(let finding):
      object(
        "finding", ("clause", quoted(finding.clause.name)), ("severity", quoted("\(finding.severity)")),
        ("says", quoted(finding.clause.clause.says)), ("section", quoted(finding.clause.clause.section)),
        ("step", "\(finding.step)"), ("seen", quoted(hexadecimal(finding.seen))),
        ("expected", quoted(hexadecimal(finding.expected))), ("fault", quoted(finding.fault)))
    case .breach(let breach):
      object(
        "breach", ("clause", quoted(breach.clause.name)), ("says", quoted(breach.clause.clause.says)),
        ("step", "\(breach.step)"))
    }
  }

  /// What comes behind the last entry.
  public func tail(_ ledger: borrowing Ledger) -> String {
    object("tail", ("scope", ledger.scope.text.map(quoted) ?? "null"))
  }

  private func object(_ kind: String, _ members: (String, String)...) -> String {
    "{\"kind\":\"\(kind)\"" + members.map { ",\"\($0.0)\":\($0.1)" }.joined() + "}\n"
  }

  private func quoted(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case "\n": json += "\\n"
      // Nothing in it ends a script of a page.
      case "<": json += "\\u003c"
      case _ where scalar.value < 32: json += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }
}
