import Benchmark
import VirtioDevice
import VirtioSpec

/// A read of 512 bytes through the whole device: the driver makes it available and writes QueueNotify, the device
/// serves it and raises the interrupt, the driver writes InterruptACK.
func blockReadBenchmark() {
  Benchmark("block read 512", configuration: .nanoseconds) { benchmark in
    var rig = BlockRig()
    let count = benchmark.scaledIterations.count
    benchmark.startMeasurement()
    readSectors(count, &rig)
    benchmark.stopMeasurement()
    precondition(rig.host.interruptRises == count, "not every read ended with an interrupt")
    var status: UInt8 = 0xff
    for chain in 0..<PublishedRing.chains {
      status &= rig.host.load(PlainHost.regions[3].base + UInt64(chain) * Block.sectorSize, as: UInt8.self) ?? 0xff
    }
    precondition(status == 0, "a read failed")
  }
}

@inline(never)
private func readSectors(_ count: Int, _ rig: inout BlockRig) {
  for _ in 0..<count {
    rig.ring.publish(1, in: &rig.host)
    rig.write(.queueNotify, 0)
    rig.write(.interruptACK, 1)
  }
}
