/// What libFuzzer's merge leaves in its control file: the number of files and of those in the first folder, a line
/// with the path of each file, and then `STARTED <file> <size>`, `FT <file> <feature>…` and `COV <file> <edge>…` for each.
struct MergeControlFile {
  /// By the names of the files, without folders: what each reached. Files that died are not there.
  private(set) var features: [String: [UInt32]] = [:]
  /// Files that were begun, and came to no end.
  private(set) var unfinished: Set<String> = []

  /// Nil where this is no such file. A last line that is cut off does not count.
  init?(_ bytes: [UInt8]) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).makeIterator()
    guard let count = lines.next().flatMap(Self.number), lines.next().flatMap(Self.number) != nil else { return nil }
    var names: [String] = []
    for _ in 0..<count {
      guard let path = lines.next() else { return nil }
      names.append(String(decoding: path.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self))
    }
    while let line = lines.next() {
      var words = line.split(separator: UInt8(ascii: " ")).makeIterator()
      guard let word = words.next(), let file = words.next().flatMap(Self.number), file < names.count else { continue }
      let name = names[Int(file)]
      if word.elementsEqual("STARTED".utf8) { unfinished.insert(name) }
      if word.elementsEqual("FT".utf8) {
        unfinished.remove(name)
        var numbers: [UInt32] = []
        while let number = words.next().flatMap(Self.number) { numbers.append(number) }
        features[name] = numbers
      }
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> UInt32? {
    guard !digits.isEmpty else { return nil }
    return digits.reduce(UInt32?.some(0)) { sum, digit in
      guard let sum, (48...57).contains(digit), sum < UInt32.max / 10 else { return nil }
      return sum * 10 + UInt32(digit - 48)
    }
  }
}
