/// Which lines of a source file were run.
struct FileCoverage: Encodable {
  /// From the package's folder on.
  let path: String
  /// The lines that have a count at all.
  let lines: Int
  /// The numbers of those that were never run, from 1.
  let missed: [Int]

  var reached: Int { lines - missed.count }

  /// The stretches of lines that were never run, as first and last.
  var stretches: [ClosedRange<Int>] {
    missed.reduce(into: []) { stretches, line in
      if let last = stretches.last, last.upperBound + 1 == line {
        stretches[stretches.count - 1] = last.lowerBound...line
      } else {
        stretches.append(line...line)
      }
    }
  }

  /// From what `llvm-cov export -format=lcov` prints: `SF:` names a file, `DA:` a line and its count.
  static func all(lcov: String) -> [FileCoverage] {
    var files: [FileCoverage] = []
    var path = ""
    var counts: [Int: Int] = [:]
    for line in lcov.split(separator: "\n") {
      if line.hasPrefix("SF:") {
        path = String(line.dropFirst(3))
        if let start = path.range(of: "/Sources/", options: .backwards) {
          path = "Sources/" + path[start.upperBound...]
        }
        counts = [:]
      } else if line.hasPrefix("DA:") {
        let numbers = line.dropFirst(3).split(separator: ",").compactMap { Int($0) }
        // A line of generic code has a count for each type that it was compiled for.
        if numbers.count >= 2 { counts[numbers[0], default: 0] += numbers[1] }
      } else if line == "end_of_record", !counts.isEmpty {
        let missed = counts.filter { $0.value == 0 }.keys.sorted()
        files.append(FileCoverage(path: path, lines: counts.count, missed: missed))
      }
    }
    return files.sorted { $0.path < $1.path }
  }
}
