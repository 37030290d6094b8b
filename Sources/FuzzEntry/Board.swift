import FuzzerShim
import Glibc
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

/// How a run goes, in words that other processes see: whoever watches a run reads them from a file, and the parent of a
/// replay, or whoever explains a death, the current step.
///
/// | words  | meaning                                                                                    |
/// |--------|--------------------------------------------------------------------------------------------|
/// | 0, 1   | ``magic``, and the version of this layout, 1                                               |
/// | 2      | programs executed                                                                          |
/// | 3, 4   | steps executed, steps skipped                                                              |
/// | 5, 10  | chains completed, chains completed with data                                               |
/// | 6      | programs that completed a chain                                                            |
/// | 7, 8   | findings that stop fuzzing, known findings                                                 |
/// | 9      | number of clauses                                                                          |
/// | 11     | the number of the current step, ``outsideProgram`` or ``finished``                         |
/// | 16–47  | executed steps by the raw value of their kind                                              |
/// | from 64 | three words a clause, by the raw value of its id: how often satisfied, violated, suspended |
/// | behind  | how many bytes the last program has that began, and these bytes                           |
///
/// All are `UInt64` in the machine's byte order.
@usableFromInline
struct Board {
  /// "VZFSTATS" in memory.
  static let magic: UInt64 = 0x5354_4154_5346_5a56
  /// At power-on.
  @usableFromInline static let outsideProgram = UInt64.max
  /// The program has come to its end.
  @usableFromInline static let finished = UInt64.max - 1

  private static let firstKind = 16
  private static let firstClause = 64
  private static let inputSize = firstClause + 3 * ClauseID.count
  private static let wordCount = inputSize + 1 + (Program.maxSize + 7) / 8

  // Sound: the words are mapped for the life of the process, `wordCount` of them, and the counters are a global of the C
  // shim with room for more clauses than there are, which `init` checks. One thread uses them.
  private let words: UnsafeMutablePointer<UInt64>
  private let extraCounters: UnsafeMutablePointer<UInt8>

  /// Words in a new file at `path`, or in memory that only children share.
  init(path: String? = nil) throws(UnreadablePath) {
    precondition(ClauseID.count <= Int(shim_clause_limit))
    guard let words = shim_map_words(path, Self.wordCount) else { throw UnreadablePath(path ?? "shared memory") }
    self.words = words
    extraCounters = shim_extra_counters()
    words[0] = Self.magic
    words[1] = 1
    words[9] = UInt64(ClauseID.count)
    words[11] = Self.outsideProgram
  }

  @usableFromInline
  var step: UnsafeMutablePointer<UInt64> { words + 11 }

  /// Shows the bytes of a program that begins: they are there when the process is gone.
  func begin(_ input: UnsafeRawBufferPointer) {
    let count = min(input.count, Program.maxSize)
    words[Self.inputSize] = UInt64(count)
    UnsafeMutableRawBufferPointer(start: words + Self.inputSize + 1, count: count)
      .copyMemory(from: UnsafeRawBufferPointer(rebasing: input[..<count]))
    step.pointee = Self.outsideProgram
  }

  /// Adds a program that came to its end.
  func record(_ summary: RunSummary, _ ledger: borrowing Ledger) {
    words[2] &+= 1
    words[3] &+= UInt64(summary.executedSteps)
    words[4] &+= UInt64(summary.skippedSteps)
    words[5] &+= UInt64(summary.completedChains)
    words[6] &+= summary.completedChains > 0 ? 1 : 0
    words[10] &+= UInt64(summary.chainsWithData)
    for kind in 0..<StepKind.allCases.count {
      words[Self.firstKind + kind] &+= UInt64(summary.stepsByKind[kind])
    }
    ledger.forEachMarked { record($0, ledger.counts[$0]) }
    step.pointee = Self.finished
  }

  /// Shows what the clause came to.
  private func record(_ clause: Int, _ count: Ledger.Count) {
    let row = words + Self.firstClause + 3 * clause
    row[0] = count.satisfied
    row[1] = count.violated
    row[2] = count.suspended
  }

  /// Shows libFuzzer what the clauses came to: one feature for each state that a program puts one into.
  func showClauses(_ ledger: borrowing Ledger) { ledger.forEachMarked { show($0, ledger.marks[$0]) } }

  private func show(_ clause: Int, _ marks: Ledger.Marks) {
    for state in 0..<Int(shim_clause_states) {
      extraCounters[state * Int(shim_clause_limit) + clause] = marks.rawValue >> UInt8(state) & 1
    }
  }

  func record(finding isKnown: Bool) { words[isKnown ? 8 : 7] &+= 1 }
}
