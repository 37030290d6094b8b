import VirtioSpec

/// How often each clause was judged, over all programs, and the findings of this one.
public struct Ledger: ~Copyable {
  /// What a program did to a clause, as bits.
  public struct Marks: OptionSet, BitwiseCopyable, Sendable {
    public let rawValue: UInt8

    @inlinable
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let satisfied = Marks(rawValue: 1)
    public static let violated = Marks(rawValue: 2)
    public static let suspended = Marks(rawValue: 4)
    /// How far it was suspended: a bit each.
    public static let suspendedForAccess = Marks(rawValue: 8)
    public static let suspendedForChain = Marks(rawValue: 16)
    public static let suspendedForQueue = Marks(rawValue: 32)
    public static let suspendedForDevice = Marks(rawValue: 64)
  }

  /// How often a clause was judged.
  public struct Count: BitwiseCopyable, Sendable {
    public var satisfied: UInt64 = 0
    public var violated: UInt64 = 0
    /// There was an occasion to judge it, but the driver had broken a rule that it relies on.
    public var suspended: UInt64 = 0

    public var armed: UInt64 { satisfied + violated + suspended }
  }

  /// The most findings, and the most breaches, that are kept of one program; further ones are counted only.
  static let findingLimit = 32

  /// By the raw values of clause ids.
  public private(set) var counts = FixedArray(repeating: Count(), count: ClauseID.count)
  /// By the raw values of clause ids, of this program; some more, so that eight can be looked at together.
  public private(set) var marks = FixedArray<Marks>(repeating: [], count: (ClauseID.count + 7) & ~7)
  /// Of this program, in the order of events.
  public var findings: [Finding] { firstFindings.all }
  /// What the driver broke in this program, in the order of events.
  public var breaches: [DriverFault] { firstBreaches.all }
  private var firstFindings = FirstOnes<Finding>(limit: findingLimit)
  private var firstBreaches = FirstOnes<DriverFault>(limit: findingLimit)
  /// Those that rules for devices rely on not to happen.
  public var misleadingBreaches: [DriverFault] { breaches.filter(\.mayMislead) }

  /// By the raw values of clause ids: ``DriverFault/mayMislead``, looked up only once.
  private static let misleads = ClauseID.allCases.map { DriverFault(clause: $0, step: 0).mayMislead }

  /// The step that goes on.
  var step = 0
  /// The first fault of the driver since the last reset that a device's behaviour may come from.
  var driverFault: DriverFault?

  /// Starts another program; the counts go on.
  mutating func beginProgram() {
    marks.fill([])
    firstFindings.removeAll()
    firstBreaches.removeAll()
  }

  /// Names the clauses that this program did something to, by their raw values. They are few of many.
  public func forEachMarked(_ body: (Int) -> Void) {
    for first in stride(from: 0, to: marks.count, by: 8) {
      // Sound: a mark is a byte, and any 8 bytes are a number.
      let isAnyMarked = marks.withSpan(first..<first + 8) { $0.bytes.unsafeLoadUnaligned(as: UInt64.self) != 0 }
      guard isAnyMarked else { continue }
      for clause in first..<first + 8 where !marks[clause].isEmpty { body(clause) }
    }
  }

  @inline(__always)
  mutating func satisfy(_ clause: ClauseID) {
    let index = Int(clause.rawValue)
    counts[index].satisfied &+= 1
    marks[index].insert(.satisfied)
  }

  @inline(__always)
  mutating func suspend(_ clause: ClauseID, for reach: Scope.Reach) {
    let index = Int(clause.rawValue)
    counts[index].suspended &+= 1
    marks[index].formUnion(reach.marks)
  }

  mutating func violate(_ finding: Finding) {
    let index = Int(finding.clause.rawValue)
    counts[index].violated &+= 1
    marks[index].insert(.violated)
    firstFindings.append(finding)
  }

  /// The driver broke one of its rules, in the step that goes on.
  mutating func blame(_ clause: ClauseID) { blame(clause, inStep: step) }

  @inline(never)
  mutating func blame(_ clause: ClauseID, inStep step: Int) {
    let index = Int(clause.rawValue)
    counts[index].violated &+= 1
    marks[index].insert(.violated)
    addBreach(DriverFault(clause: clause, step: step))
  }

  /// The driver did what a clause about devices says that there is not: no clause about drivers forbids it.
  @inline(never)
  mutating func blameWithoutRule(_ clause: ClauseID) { addBreach(DriverFault(clause: clause, step: step)) }

  private mutating func addBreach(_ fault: DriverFault) {
    if driverFault == nil && Self.misleads[Int(fault.clause.rawValue)] { driverFault = fault }
    firstBreaches.append(fault)
  }

  /// What the driver broke since this was last asked, for those who want more than the first ones.
  mutating func takeBreaches() -> [DriverFault] {
    defer { firstBreaches.removeAll() }
    return breaches
  }
}
