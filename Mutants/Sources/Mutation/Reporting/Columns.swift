/// Tables for people.
enum Columns {
  /// The first column begins at the left, the others end at the right.
  static func aligned(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.indices.map { index in
        let space = String(repeating: " ", count: widths[index] - row[index].count)
        return index == 0 ? row[index] + space : space + row[index]
      }.joined(separator: "  ")
    }
  }
}
