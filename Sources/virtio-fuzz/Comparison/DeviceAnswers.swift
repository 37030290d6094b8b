import Foundation
import VirtioSpec

/// What a device answered in a run of a program: to the driver's register accesses, in guest memory, by its interrupt
/// line, and to its host.
struct DeviceAnswers {
  struct Access {
    let step: Int
    let name: String
    let width: Int
    let isWrite: Bool
    /// As in `0x1`.
    let value: String

    func isAlike(_ other: Access) -> Bool {
      (step, name, width, isWrite) == (other.step, other.name, other.width, other.isWrite)
    }
  }

  /// A chain that was returned.
  struct Completion {
    let step: Int
    /// The head's index, or the id of the buffer.
    let id: UInt32
    /// In bytes.
    let length: UInt32
  }

  /// What was written last.
  struct Byte {
    let step: Int
    let value: UInt8
  }

  private(set) var accesses: [Access] = []
  /// By the number of the queue, in the order in which they were returned.
  private(set) var completions: [Int: [Completion]] = [:]
  /// Of buffers that the device may write, by address.
  private(set) var data: [UInt64: Byte] = [:]
  /// The steps in which the interrupt line rose.
  private(set) var interrupts: [Int] = []
  /// What came out of the device.
  private(set) var hostEvents: [(step: Int, text: String)] = []

  private var rings: [Int: Ring] = [:]
  /// Of what anybody wrote into rings, by address.
  private var ringBytes: [UInt64: UInt8] = [:]

  private struct Ring {
    var isPacked = false
    /// Where the device tells what it has used: the used ring, or the descriptors of a packed queue. Of nothing, 0.
    var start: UInt64 = 0
    /// In bytes.
    var count: UInt64 = 0
    /// Of a split queue.
    var usedIndex: UInt16 = 0
  }

  /// Of a transcript in JSON. What comes behind the last step has the number behind the last step's.
  init(_ lines: [Substring]) throws {
    let decoder = JSONDecoder()
    var step = -1
    for line in try lines.map({ try decoder.decode(TranscriptLine.self, from: Data($0.utf8)) }) {
      switch line.kind {
      case "step": step = line.number ?? step
      case "end": step += 1
      case "register": note(access: line, step)
      case "memory": note(memory: line, step)
      case "area": note(area: line)
      case "interrupt" where line.isActive == true: interrupts.append(step)
      case "host" where line.isByDevice == true: hostEvents.append((step, line.text ?? ""))
      default: break
      }
    }
  }

  private mutating func note(access line: TranscriptLine, _ step: Int) {
    accesses.append(
      Access(
        step: step, name: line.name ?? "", width: line.width ?? 0, isWrite: line.isWrite == true,
        value: line.value ?? ""))
  }

  private mutating func note(area line: TranscriptLine) {
    guard let queue = line.queue, let start = line.addressNumber, let count = line.count else { return }
    switch line.area {
    case "descriptors": rings[queue] = Ring(isPacked: true, start: start, count: count)
    case "used": rings[queue] = Ring(start: start, count: count)
    default: break
    }
  }

  private mutating func note(memory line: TranscriptLine, _ step: Int) {
    guard line.isWrite == true, line.isRefused != true, let start = line.addressNumber else { return }
    let bytes = line.byteValues
    let isData = line.isByDevice == true && line.place?.hasSuffix("device-writable") == true
    for (index, byte) in bytes.enumerated() {
      let address = start &+ UInt64(index)
      if isData { data[address] = Byte(step: step, value: byte) } else { ringBytes[address] = byte }
    }
    // Where a driver put rings over each other, the first queue's counts.
    guard line.isByDevice == true, !isData,
      let (queue, ring) = rings.filter({ start &- $1.start < $1.count }).min(by: { $0.key < $1.key })
    else { return }
    let inside = start &- ring.start
    if ring.isPacked {
      notePacked(queue, ring, inside..<inside + UInt64(bytes.count), step)
    } else if inside <= SplitRing.usedIdx, inside + UInt64(bytes.count) >= SplitRing.usedIdx + 2 {
      noteSplit(queue, ring, step)
    }
  }

  private mutating func noteSplit(_ queue: Int, _ ring: Ring, _ step: Int) {
    let index = UInt16(truncatingIfNeeded: word(ring.start &+ SplitRing.usedIdx, bytes: 2))
    let size = (ring.count - SplitRing.usedElement(0)) / SplitRing.usedElementSize
    // No device returns more at once than the queue has; one that says so breaks a clause, and is not compared.
    guard size > 0, UInt64(index &- ring.usedIndex) <= size else { return }
    var next = ring.usedIndex
    while next != index {
      let element = ring.start &+ SplitRing.usedElement(UInt32(UInt64(next) % size))
      completions[queue, default: []].append(
        Completion(step: step, id: word(element, bytes: 4), length: word(element &+ 4, bytes: 4)))
      next &+= 1
    }
    rings[queue]?.usedIndex = index
  }

  /// The flags of a descriptor, which come last, make it used.
  private mutating func notePacked(_ queue: Int, _ ring: Ring, _ written: Range<UInt64>, _ step: Int) {
    let size = PackedDescriptor.size
    for descriptor in written.lowerBound / size...max(written.upperBound, 1) / size {
      guard written.contains(descriptor * size + PackedDescriptor.flagsOffset) else { continue }
      let start = ring.start &+ descriptor * size
      completions[queue, default: []].append(
        Completion(step: step, id: word(start &+ 12, bytes: 2), length: word(start &+ 8, bytes: 4)))
    }
  }

  private func word(_ address: UInt64, bytes: UInt64) -> UInt32 {
    (0..<bytes).reduce(0) { $0 | UInt32(ringBytes[address &+ $1] ?? 0) << UInt32(8 * $1) }
  }
}
