/// The name that `word` was perhaps meant to be: the one with the fewest letters to insert, delete or change, if these
/// are at most a third of it, or two.
func nearestName(to word: String, among names: [String]) -> String? {
  let best = names.map { (name: $0, distance: editDistance(word, $0)) }.min { $0.distance < $1.distance }
  guard let best, best.distance <= max(2, word.count / 3) else { return nil }
  return best.name
}

private func editDistance(_ a: String, _ b: String) -> Int {
  let b = Array(b)
  var row = Array(0...b.count)
  for (index, letter) in a.enumerated() {
    var diagonal = row[0]
    row[0] = index + 1
    for column in b.indices {
      let changed = diagonal + (letter == b[column] ? 0 : 1)
      diagonal = row[column + 1]
      row[column + 1] = min(changed, row[column] + 1, diagonal + 1)
    }
  }
  return row[b.count]
}
