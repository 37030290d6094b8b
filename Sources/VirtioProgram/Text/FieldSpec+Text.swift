import VirtioSpec

extension FieldSpec {
  /// A number of the field's domain, as the text form spells it.
  func text(_ number: UInt64) -> String {
    switch domain {
    case .any, .below: isHexadecimal ? hexadecimal(number) : "\(number)"
    case .choice(let names): names[Int(number)]
    case .flags(let names): flagsText(number, names: names)
    case .offset: Register(rawValue: UInt32(number))?.name ?? hexadecimal(number)
    case .address: SymbolicAddress(reducing: number).text
    }
  }

  private var isHexadecimal: Bool {
    switch name {
    case "value", "seed", "accept": true
    default: false
    }
  }

  /// The number that `word` spells, which is in the field's domain.
  func number(_ word: TextWord) throws(ProgramError) -> UInt64 {
    switch domain {
    case .any: return try word.number(named: name, limit: field.mask)
    case .below(let limit): return try word.number(named: name, limit: limit - 1)
    case .choice(let names): return UInt64(try word.index(among: names, what: name))
    case .flags(let names): return try word.flags(names: names, what: name)
    case .offset:
      if let register = Register(name: word.text) { return UInt64(register.rawValue) }
      guard word.text.first?.isNumber == true else {
        throw word.error(.unknownWord(String(word.text), of: "register", allowed: Register.allCases.map(\.name)))
      }
      return try word.number(named: name, limit: field.mask)
    case .address:
      guard let address = SymbolicAddress(text: word.text) else {
        throw word.error(.notAValue(String(word.text), field: name, expected: SymbolicAddress.grammar))
      }
      return address.rawValue
    }
  }
}
