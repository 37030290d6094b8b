import VirtioHarness
import VirtioProgram

extension TargetDevice {
  /// Runs programs, each by itself, and gives all that was seen of each, in their order, and what the device cannot show.
  func survey(_ programs: [Program]) throws -> (blindSpots: [BlindSpot], surveys: [Survey]) {
    try Files.withTemporaryFolder { folder in
      let files = try programs.enumerated().map { index, program in
        let file = "\(folder)/\(index).vfz"
        try Files.write(program.encode(), to: file)
        return file
      }
      var blindSpots: [BlindSpot] = []
      var surveys: [Survey] = []
      for first in stride(from: 0, to: files.count, by: Self.batch) {
        let batch = files[first..<min(first + Self.batch, files.count)]
        let output = "\(folder)/surveys"
        try start(["--survey=\(output)"] + batch, only: nil)
        let lines = try Files.text(output).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        guard lines.count == batch.count + 1, let spots = BlindSpot.list(line: lines[0]) else {
          throw FileError(executable.relativePath, "it gave \(lines.count - 1) surveys of \(batch.count) programs")
        }
        blindSpots = spots
        for line in lines.dropFirst() {
          guard let survey = Survey(line: line) else {
            throw FileError(executable.relativePath, "this is no survey of a program: \(line.prefix(80))")
          }
          surveys.append(survey)
        }
      }
      return (blindSpots, surveys)
    }
  }
}
