import FuzzerShim
import Glibc
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

/// A fuzz target: a device, what its programs are mostly about, and everything that a process needs to run them, made
/// once.
///
/// An executable holds one in a global, and hands its `main` and libFuzzer's entry points over to it; see
/// `FuzzTargets/`. That is sound without a lock: `main` calls libFuzzer, and libFuzzer calls the entry points on the
/// same thread, one after the other.
public final class FuzzTarget<Device: DeviceUnderTest & ~Copyable> {
  @usableFromInline var harness: Harness<Device, WatchedJudge>
  @usableFromInline var session: FuzzSession
  @usableFromInline var isPrepared = false
  private var mutation: Mutation

  /// `style` is that of the steps which mutation puts in.
  public convenience init(style: ProgramGenerator.Style, device: @autoclosure @escaping () -> Device) {
    self.init(style: style, foreignDevice: nil, makeDevice: device)
  }

  /// `foreignDevice` is what the environment names the device by, where it is not of the executable. Where the process was
  /// asked for something that needs no device, or one that another observer watches, it ends here: there may be libraries
  /// that make only one.
  init(style: ProgramGenerator.Style, foreignDevice: String?, makeDevice: @escaping () -> Device) {
    session = FuzzSession(foreignDevice: foreignDevice)
    switch session.arguments.mode {
    case .answer(let answer): session.end(with: answer)
    case .transcript(let form): exit(session.tell(as: form, on: makeDevice).rawValue)
    default: break
    }
    mutation = Mutation(style: style, isPlain: session.ablation.contains(.mutator))
    let device = session.limitingTime(of: makeDevice)
    let judge = WatchedJudge(
      Judge(memory: device.memory), step: session.board.step, isOff: session.ablation.contains(.judge))
    harness = Harness(device: device, observer: judge)
  }

  /// `LLVMFuzzerTestOneInput`: runs the program that these bytes are. A finding ends the process.
  @inlinable
  public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    if !isPrepared { prepare() }
    let input = UnsafeRawBufferPointer(start: data, count: size)
    session.begin(input)
    let summary = harness.run(session.program)
    session.end(input, summary, harness.observer.judge.ledger)
    return 0
  }

  /// `LLVMFuzzerCustomMutator`: changes the program in `data` by steps, and now and then by bytes.
  public func mutate(_ data: UnsafeMutablePointer<UInt8>?, _ size: Int, _ maxSize: Int, _ seed: UInt32) -> Int {
    mutation.mutate(UnsafeMutableRawBufferPointer(start: data, count: maxSize), size: size, seed: seed)
  }

  /// `LLVMFuzzerCustomCrossOver`: makes one program of two.
  public func crossOver(
    _ first: UnsafePointer<UInt8>?, _ firstSize: Int, _ second: UnsafePointer<UInt8>?, _ secondSize: Int,
    _ out: UnsafeMutablePointer<UInt8>?, _ maxSize: Int, _ seed: UInt32
  ) -> Int {
    mutation.crossOver(
      UnsafeRawBufferPointer(start: first, count: firstSize), UnsafeRawBufferPointer(start: second, count: secondSize),
      into: UnsafeMutableRawBufferPointer(start: out, count: maxSize), seed: seed)
  }

  @usableFromInline
  func prepare() {
    isPrepared = true
    session.prepare()
    harness.observer.step = session.board.step
  }
}
