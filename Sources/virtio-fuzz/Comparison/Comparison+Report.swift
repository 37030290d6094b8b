import Foundation

extension Comparison {
  /// What is not allowed, then what is, and a line for both.
  var text: String {
    var lines = breaches.isEmpty ? [] : ["not allowed: one breaks a clause where the other does not"]
    lines += breaches.flatMap { breach in
      [
        "  \(breach.clause.name) (\(breach.severity)), broken by \(breach.device) in \(counted(breach.count, "program")): "
          + breach.clause.says,
        "    \(breach.example.path): \(breach.sight.words)",
      ]
    }
    if !differences.isEmpty { lines.append("allowed: the answers differ, and no clause is broken") }
    lines += differences.flatMap { difference in
      [
        "  \(difference.what), in \(counted(difference.count, "program"))",
        "    \(difference.example.path), step \(difference.detail.step): "
          + "\(difference.detail.first) on \(names[0]), \(difference.detail.second) on \(names[1])",
      ]
    }
    return (lines + [summary]).map { "\($0)\n" }.joined()
  }

  private var summary: String {
    let both = common.isEmpty ? "" : "; both break \(commonNames.joined(separator: ", ")) in the same programs"
    return "\(names[0]) and \(names[1]): \(counted(breaches.count, "difference")) not allowed, "
      + "\(counted(differences.count, "kind")) of allowed ones, in \(counted(programs, "program"))\(both)"
  }

  private var commonNames: [String] { common.sorted { $0.rawValue < $1.rawValue }.map(\.name) }

  /// An object with `devices`, `programs`, `notAllowed`, `allowed`, and `brokenByBoth`.
  func json() throws -> String {
    let report = Report(
      devices: names, programs: programs,
      notAllowed: breaches.map { breach in
        Report.Breach(
          clause: breach.clause.name, says: breach.clause.says, severity: "\(breach.severity)",
          brokenBy: breach.device, count: breach.count, example: breach.example.path,
          step: breach.sight.step, sight: breach.sight.words)
      },
      allowed: differences.map { difference in
        Report.Difference(
          what: difference.what, count: difference.count, example: difference.example.path,
          step: difference.detail.step, values: [difference.detail.first, difference.detail.second])
      }, brokenByBoth: commonNames)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(report), as: UTF8.self)
  }

  private struct Report: Encodable {
    let devices: [String]
    let programs: Int
    let notAllowed: [Breach]
    let allowed: [Difference]
    let brokenByBoth: [String]

    struct Breach: Encodable {
      let clause: String
      let says: String
      let severity: String
      let brokenBy: String
      /// Of programs.
      let count: Int
      let example: String
      let step: Int?
      let sight: String
    }

    struct Difference: Encodable {
      let what: String
      /// Of programs.
      let count: Int
      let example: String
      let step: Int
      /// In the order of the devices.
      let values: [String]
    }
  }
}
