import VirtioDeviceTree
import VirtioSpec

extension [DiscoveredDevice] {
  /// A row for each device, and below them a line for each problem.
  var table: String {
    let head = ["path", "address", "size", "interrupt", "status"]
    let rows =
      isEmpty
      ? ["no node is compatible with \"virtio,mmio\""] : Columns.aligned([head] + map(\.cells), numbers: 1..<3)
    let problems = flatMap { device in device.problems.map { "\(device.path): \($0)" } }
    return (rows + (problems.isEmpty ? [] : [""] + problems)).map { "\($0)\n" }.joined()
  }

  /// An array with an object for each device, a line each.
  var json: String {
    get throws { try JSONLines.array(of: map(JSONObject.init)) }
  }
}

extension DiscoveredDevice {
  fileprivate var cells: [String] {
    [
      path, window.map { hexadecimal($0.base) } ?? "–", window.map { hexadecimal($0.size) } ?? "–",
      interrupts.isEmpty ? "–" : interrupts.map(\.description).joined(separator: ", "), status.rawValue,
    ]
  }
}

private struct JSONObject: Encodable {
  struct Problem: Encodable {
    let clause: String
    let byte: Int
    let says: String
  }

  let path: String
  /// A text, since numbers in JSON are safe up to 53 bits only.
  let address: String?
  let size: String?
  let interrupts: [[UInt32]]
  let status: String
  let problems: [Problem]

  init(_ device: DiscoveredDevice) {
    path = device.path
    address = device.window.map { hexadecimal($0.base) }
    size = device.window.map { hexadecimal($0.size) }
    interrupts = device.interrupts.map(\.cells)
    status = device.status.rawValue
    problems = device.problems.map { Problem(clause: $0.clause.name, byte: $0.offset, says: "\($0.kind)") }
  }
}

private func hexadecimal(_ number: UInt64) -> String { "0x" + String(number, radix: 16) }
