import Foundation

/// Something that two devices do differently, though neither breaks a clause.
struct AllowedDifference {
  /// What is different, in words by which such differences are grouped: `register VendorID`, `configuration space`.
  let what: String
  let step: Int
  /// On the first device and on the second, for people.
  let first: String
  let second: String
}

extension DeviceAnswers {
  /// What is different in the answers of two devices to the same program: of each kind the first.
  ///
  /// A driver goes by what it reads. Once it goes another way on one device, what follows cannot be compared.
  func differences(from other: DeviceAnswers) -> [AllowedDifference] {
    let (registers, end) = registerDifferences(from: other)
    let all =
      registers + completionDifferences(from: other, before: end) + dataDifferences(from: other, before: end)
      + interruptDifferences(from: other, before: end) + hostDifferences(from: other, before: end)
    var seen = Set<String>()
    return all.filter { seen.insert($0.what).inserted }
  }

  /// The reads with other values, and the step from which on the driver's accesses are not the same ones.
  private func registerDifferences(from other: DeviceAnswers) -> ([AllowedDifference], end: Int) {
    var differences: [AllowedDifference] = []
    for (mine, others) in zip(accesses, other.accesses) {
      guard mine.isAlike(others) else {
        let parting = AllowedDifference(
          what: "the driver's way, as a consequence", step: min(mine.step, others.step), first: mine.words,
          second: others.words)
        return (differences + [parting], min(mine.step, others.step))
      }
      guard !mine.isWrite, mine.value != others.value else { continue }
      let isConfig = mine.name.hasPrefix("Config+")
      let place = isConfig ? " at \(mine.name)" : ""
      differences.append(
        AllowedDifference(
          what: isConfig ? "configuration space" : "register \(mine.name)", step: mine.step,
          first: "\(mine.value)\(place)", second: "\(others.value)\(place)"))
    }
    return (differences, .max)
  }

  private func completionDifferences(from other: DeviceAnswers, before end: Int) -> [AllowedDifference] {
    var differences: [AllowedDifference] = []
    for queue in Set(completions.keys).union(other.completions.keys).sorted() {
      let mine = (completions[queue] ?? []).filter { $0.step < end }
      let others = (other.completions[queue] ?? []).filter { $0.step < end }
      func add(_ what: String, _ step: Int, _ first: String, _ second: String) {
        differences.append(AllowedDifference(what: what, step: step, first: first, second: second))
      }
      if mine.count != others.count {
        let common = min(mine.count, others.count)
        let step = (mine.count > common ? mine : others)[common].step
        add("number of completions", step, "\(mine.count) in queue \(queue)", "\(others.count) in queue \(queue)")
      }
      for (mine, others) in zip(mine, others) {
        if mine.step != others.step {
          add("timing of completions", min(mine.step, others.step), "at step \(mine.step)", "at step \(others.step)")
        }
        if mine.id != others.id {
          add("order of completions", mine.step, "id \(mine.id)", "id \(others.id)")
        } else if mine.length != others.length {
          add("used lengths", mine.step, "\(mine.length) bytes", "\(others.length) bytes")
        }
      }
    }
    return differences
  }

  /// The first byte, and the few behind it.
  private func dataDifferences(from other: DeviceAnswers, before end: Int) -> [AllowedDifference] {
    func value(_ bytes: [UInt64: Byte], _ address: UInt64) -> UInt8? {
      bytes[address].flatMap { $0.step < end ? $0.value : nil }
    }
    let addresses = Set(data.keys).union(other.data.keys)
    guard let first = addresses.filter({ value(data, $0) != value(other.data, $0) }).min() else { return [] }
    func digits(_ bytes: [UInt64: Byte]) -> String {
      let shown = (0..<8).map { value(bytes, first &+ $0) }.prefix { $0 != nil }.compactMap(\.self)
      let words = shown.map { $0 < 16 ? "0\(String($0, radix: 16))" : String($0, radix: 16) }
      return shown.isEmpty ? "not written" : words.joined(separator: " ")
    }
    let step = [data[first]?.step, other.data[first]?.step].compactMap(\.self).min() ?? 0
    return [AllowedDifference(what: "data in buffers", step: step, first: digits(data), second: digits(other.data))]
  }

  private func interruptDifferences(from other: DeviceAnswers, before end: Int) -> [AllowedDifference] {
    let mine = interrupts.filter { $0 < end }
    let others = other.interrupts.filter { $0 < end }
    guard mine != others else { return [] }
    let parting = zip(mine, others).first { $0 != $1 }.map { min($0, $1) }
    let step = parting ?? (mine.count > others.count ? mine : others)[min(mine.count, others.count)]
    func words(_ rises: [Int]) -> String {
      let rest = rises.count > 8 ? ", …" : ""
      return rises.isEmpty ? "never" : "at steps \(rises.prefix(8).map { "\($0)" }.joined(separator: ", "))\(rest)"
    }
    let what = mine.count == others.count ? "timing of interrupts" : "number of interrupts"
    return [AllowedDifference(what: what, step: step, first: words(mine), second: words(others))]
  }

  private func hostDifferences(from other: DeviceAnswers, before end: Int) -> [AllowedDifference] {
    let mine = hostEvents.filter { $0.step < end }
    let others = other.hostEvents.filter { $0.step < end }
    for index in 0..<max(mine.count, others.count) {
      let (first, second) = (index < mine.count ? mine[index] : nil, index < others.count ? others[index] : nil)
      if let first, let second, first == second { continue }
      let step = [first?.step, second?.step].compactMap(\.self).min() ?? 0
      func words(_ event: (step: Int, text: String)?) -> String {
        event.map { "\($0.text), at step \($0.step)" } ?? "nothing more"
      }
      return [
        AllowedDifference(what: "what comes out", step: step, first: words(first), second: words(second))
      ]
    }
    return []
  }
}

extension DeviceAnswers.Access {
  fileprivate var words: String { "\(isWrite ? "write" : "read") \(name) at step \(step)" }
}
