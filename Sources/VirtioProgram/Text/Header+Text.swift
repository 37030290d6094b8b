extension Header {
  /// The header's line in the text form.
  var text: String {
    let header = Header(reducing: record)
    return "device \(header.device.name) queues=\(header.queueCount) queue-size=\(1 << UInt64(header.sizeLog2))"
      + " capacity=\(header.capacity) withheld=\(hexadecimal(header.withheldFeatures))"
      + " flags=\(flagsText(UInt64(header.flags.rawValue), names: Flags.names))"
  }

  private static let fieldNames = ["queues", "queue-size", "capacity", "withheld", "flags"]

  /// The header that the words of a line spell; fields that it does not give are as in `Header()`.
  init(_ words: [TextWord]) throws(ProgramError) {
    self.init()
    guard words[0].text == "device", words.count > 1 else {
      throw words[0].error(.missingLine(expected: text))
    }
    device = Device.allCases[try words[1].index(among: Device.names, what: "device")]
    for field in try TextField.fields(words.dropFirst(2)) {
      switch try field.name.index(among: Self.fieldNames, what: "field of the header") {
      case 0: queueCount = try field.value.queueCount()
      case 1: sizeLog2 = try field.value.sizeLog2()
      case 2: capacity = UInt32(try field.value.number(named: "capacity", limit: UInt64(Self.capacityLimit) - 1))
      case 3: withheldFeatures = try field.value.number(named: "withheld", limit: .max)
      default: flags = Flags(rawValue: UInt8(try field.value.flags(names: Flags.names, what: "flag")))
      }
    }
  }
}

extension TextWord {
  fileprivate func queueCount() throws(ProgramError) -> UInt8 {
    let limit = UInt64(Header.maxQueueCount)
    let count = try number(named: "queues", limit: limit)
    guard count > 0 else { throw error(.outOfDomain(field: "queues", number: 0, allowed: "1 to \(limit)")) }
    return UInt8(count)
  }

  fileprivate func sizeLog2() throws(ProgramError) -> UInt8 {
    let limit: UInt64 = 1 << UInt64(Header.maxSizeLog2)
    let size = try number(named: "queue-size", limit: limit)
    guard size.nonzeroBitCount == 1 else {
      throw error(.outOfDomain(field: "queue-size", number: size, allowed: "a power of two from 1 to \(limit)"))
    }
    return UInt8(size.trailingZeroBitCount)
  }
}
