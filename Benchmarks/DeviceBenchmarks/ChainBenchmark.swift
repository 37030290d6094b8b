import Benchmark
import VirtioDevice
import VirtioMemory
import VirtioSpec

/// A chain of three descriptors from the available ring to the used ring, with buffers in three regions and the rings in
/// a fourth: looking whether there is one, taking it, returning it.
func chainBenchmark() {
  Benchmark("three-descriptor chain", configuration: .nanoseconds) { benchmark in
    var memory = GuestRAM(regions: PlainHost.regions)
    var ring = PublishedRing(in: &memory)
    var segments = FixedArray(repeating: Segment(address: 0, length: 0), count: Chain.maxSegments)
    var queue = VirtQueue()
    queue.size = PublishedRing.size
    queue.descriptorArea = PublishedRing.descriptors
    queue.driverArea = PublishedRing.driver
    queue.deviceArea = PublishedRing.device
    precondition(queue.isUsable(sizeLimit: PublishedRing.size, memory: &memory))
    queue.start()

    benchmark.startMeasurement()
    do throws(RingFault) {
      let bytes = try takeChains(benchmark.scaledIterations.count, &queue, &ring, &segments, &memory)
      benchmark.stopMeasurement()
      blackHole(bytes)
    } catch {
      benchmark.error("a chain is broken: \(error)")
    }
  }
}

/// Takes and returns so many chains. The driver's part is one write for each round of the ring.
@inline(never)
private func takeChains(
  _ count: Int, _ queue: inout VirtQueue, _ ring: inout PublishedRing, _ segments: inout FixedArray<Segment>,
  _ memory: inout GuestRAM
) throws(RingFault) -> UInt64 {
  var bytes: UInt64 = 0
  var left = count
  while left > 0 {
    let round = min(left, Int(PublishedRing.size))
    ring.publish(UInt16(round), in: &memory)
    for _ in 0..<round {
      guard try queue.availableCount(&memory) > 0 else { fatalError("the ring is empty") }
      let chain = try queue.take(&segments, from: 0, indirectAllowed: true, memory: &memory)
      bytes &+= chain.readableBytes &+ chain.writableBytes &+ segments[chain.segmentCount - 1].address
      try queue.complete(
        chain, length: UInt32(Block.sectorSize) + 1, isWritten: true, memory: &memory)
    }
    left -= round
  }
  return bytes
}
