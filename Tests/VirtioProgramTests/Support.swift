import VirtioProgram

extension ProgramRandom {
  /// So many bytes of noise.
  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }
}

/// Programs of all styles, the same ones in every run.
func samplePrograms(perStyle count: Int, faultRate: Double = 0.03) -> [Program] {
  ProgramGenerator.Style.allCases.flatMap { style in
    var generator = ProgramGenerator(style: style, seed: 1, faultRate: faultRate)
    return (0..<count).map { _ in generator.program(steps: 0..<80) }
  }
}

extension Program {
  init(decoding bytes: [UInt8]) {
    self = bytes.withUnsafeBytes { Program(decoding: $0) }
  }

  /// The bytes are those of a program in canonical form.
  static func isCanonical(_ bytes: some Collection<UInt8>) -> Bool {
    (try? Program(strict: Array(bytes)).encode()) == Array(bytes)
  }
}

extension ProgramError {
  /// The error that `body` throws.
  static func thrown(_ body: () throws(ProgramError) -> Void) -> ProgramError? {
    do throws(ProgramError) {
      try body()
      return nil
    } catch {
      return error
    }
  }
}
