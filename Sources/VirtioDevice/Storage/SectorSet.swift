import VirtioSpec

/// A set of sectors of a disk, that is taken out again in runs.
@usableFromInline
struct SectorSet: ~Copyable {
  private var isMember: FixedArray<Bool>
  /// There are none outside of this stretch.
  private(set) var stretch = 0..<0

  /// None of `count` sectors.
  init(count: Int) { isMember = FixedArray(repeating: false, count: count) }

  @usableFromInline
  mutating func insert(_ sectors: Range<Int>) {
    guard !sectors.isEmpty else { return }
    isMember.fill(sectors, true)
    stretch =
      stretch.isEmpty
      ? sectors : min(stretch.lowerBound, sectors.lowerBound)..<max(stretch.upperBound, sectors.upperBound)
  }

  /// Takes out all from a sector on.
  mutating func remove(from sector: Int) {
    let rest = stretch.clamped(to: sector..<Int.max)
    isMember.fill(rest, false)
    stretch = stretch.lowerBound..<min(stretch.upperBound, max(sector, stretch.lowerBound))
  }

  /// Takes out the first ones that follow on each other; nil where there are none.
  mutating func takeRun() -> Range<Int>? {
    while let first = stretch.first {
      if isMember[first] { break }
      stretch = first + 1..<stretch.upperBound
    }
    guard let first = stretch.first else { return nil }
    var end = first
    while end < stretch.upperBound, isMember[end] { end += 1 }
    isMember.fill(first..<end, false)
    stretch = end..<stretch.upperBound
    return first..<end
  }
}
