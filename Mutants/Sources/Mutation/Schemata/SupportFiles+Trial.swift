extension SupportFiles {
  /// An executable that runs programs. All fuzz targets have the same device and differ in the style of what mutation
  /// puts in; so one is enough, which is told the style, and takes a ninth of the time to build.
  static let trialTarget = "MutantTrial"
  /// The fuzz targets whose styles it has, with commas between.
  static let styleVariable = "VIRTIO_FUZZ_STYLES"
  /// Its first argument where it is to run programs without libFuzzer. Behind it are how many new ones of each style, a
  /// seed, and the files of old ones.
  static let trialWord = "trial"

  /// What it prints before the device is made.
  static let firstWord = "begins"
  /// What it prints behind the old programs.
  static let seedsWord = "the seeds are done"
  /// What it prints where nothing was found.
  static let lastWord = "nothing found"

  static let trial = """
    import FuzzEntry
    import Glibc
    import VirtioHarness
    import VirtioOracle
    import VirtioProgram

    private let styles: [ProgramGenerator.Style] = {
      let names = String(cString: getenv("\(styleVariable)") ?? strdup("")).split(separator: ",")
      return names.compactMap { name in ProgramGenerator.Style.allCases.first { name.lowercased() == "fuzz\\($0)" } }
    }()

    // Sound: see `FuzzTarget`.
    nonisolated(unsafe) private let target = FuzzTarget(style: styles.first ?? .lifecycle, device: ReferenceDevice())

    @main
    struct MutantTrial {
      static func main() {
        let words = CommandLine.arguments
        guard words.count > 3, words[1] == "\(trialWord)", let count = Int(words[2]), let seed = UInt64(words[3]) else {
          target.main()
        }
        let files = words.dropFirst(4).map(bytes)
        say("\(firstWord)")
        var campaign = Campaign()
        for file in files { campaign.run(file[...]) }
        say("\(seedsWord)")
        campaign.run(count, from: files, seed: seed)
        say("\(lastWord)")
        // What the runtime has left to do is of no interest.
        _exit(0)
      }

      private static func bytes(_ path: String) -> [UInt8] {
        let file = open(path, O_RDONLY)
        defer { close(file) }
        return [UInt8](unsafeUninitializedCapacity: Program.maxSize) { $1 = max(0, read(file, $0.baseAddress, $0.count)) }
      }
    }

    private func say(_ line: String) {
      print(line)
      fflush(nil)
    }

    /// Runs programs, of which the first that shows something ends the process.
    private struct Campaign: ~Copyable {
      private var harness = Harness(device: ReferenceDevice(), observer: Judge(memory: .standard))
      private var program = Program()
      private var state: UInt64 = 0

      mutating func run(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { program.decode($0) }
        // Ends a process that hangs.
        alarm(2)
        _ = harness.run(program)
        for finding in harness.observer.ledger.findings where finding.severity == .error {
          say("\\n== virtio-fuzz: \\(finding.clause.name) at step \\(finding.step)")
          _exit(77)
        }
      }

      /// So many of each style: one of three is made anew, the others are old ones that were mutated.
      mutating func run(_ count: Int, from files: [[UInt8]], seed: UInt64) {
        state = seed
        var mutators = styles.map { ProgramMutator(style: $0) }
        var buffer = [UInt8](repeating: 0, count: Program.maxSize)
        for _ in 0..<count {
          for index in styles.indices {
            let choice = number()
            var size = 0
            if files.isEmpty || choice % 3 == 0 {
              var generator = ProgramGenerator(style: styles[index], seed: number())
              let program = generator.program(steps: 8..<64)
              size = buffer.withUnsafeMutableBytes { program.encode(into: $0) }
            } else {
              let file = files[Int(choice / 3 % UInt64(files.count))]
              buffer.replaceSubrange(0..<file.count, with: file)
              size = file.count
              for _ in 0...number() % 4 {
                let seed = number()
                size = buffer.withUnsafeMutableBytes { mutators[index].mutate($0, size: size, seed: seed) }
              }
            }
            run(buffer[..<size])
          }
        }
      }

      /// SplitMix64.
      private mutating func number() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
      }
    }

    @c(LLVMFuzzerTestOneInput)
    public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
      target.testOneInput(data, size)
    }

    @c(LLVMFuzzerCustomMutator)
    public func mutate(_ data: UnsafeMutablePointer<UInt8>?, _ size: Int, _ maxSize: Int, _ seed: UInt32) -> Int {
      target.mutate(data, size, maxSize, seed)
    }

    @c(LLVMFuzzerCustomCrossOver)
    public func crossOver(
      _ first: UnsafePointer<UInt8>?, _ firstSize: Int, _ second: UnsafePointer<UInt8>?, _ secondSize: Int,
      _ out: UnsafeMutablePointer<UInt8>?, _ maxSize: Int, _ seed: UInt32
    ) -> Int {
      target.crossOver(first, firstSize, second, secondSize, out, maxSize, seed)
    }

    """
}
