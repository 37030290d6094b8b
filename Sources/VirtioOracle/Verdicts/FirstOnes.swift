import VirtioSpec

/// The first few of what a program gives rise to, in room that was made once.
struct FirstOnes<Element: BitwiseCopyable>: ~Copyable {
  private var room: FixedArray<Element?>
  private var count = 0

  init(limit: Int) { room = FixedArray(repeating: nil, count: limit) }

  var isEmpty: Bool { count == 0 }

  /// Nothing is allocated where there are none.
  var all: [Element] { (0..<count).map { room[$0]! } }

  /// Leaves it out where there is no room left.
  mutating func append(_ element: Element) {
    guard count < room.count else { return }
    room[count] = element
    count += 1
  }

  mutating func removeAll() { count = 0 }
}
