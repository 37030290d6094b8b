import Testing
import VirtioMemory
import VirtioSpec

@testable import VirtioDevice

/// What the transport does with any model.
@Suite("A transport")
struct TransportTests {
  private func receiving(_ features: FeatureBits = []) -> Bench<ProbeModel> {
    var bench = Bench(ProbeModel(), features)
    bench.device.model.isReceiving = true
    return bench
  }

  @Test("looks at no queue that it was not notified of", arguments: [FeatureBits(), .eventIdx])
  func needsNotification(_ features: FeatureBits) {
    var bench = Bench(ProbeModel(), features)
    for count in 0..<3 {
      bench.give(notifies: false)
      bench.poll()
      expectEqual(bench.used(), count)
      bench.write(.queueNotify, 0)
      expectEqual(bench.used(), count + 1)
    }
    expectEqual(bench.device.model.served, [1, 1, 1])
  }

  @Test("looks at no queue that waits for what comes from outside, until something has come")
  func waits() {
    var bench = receiving()
    bench.host.loads = 0
    bench.give()
    expectEqual(bench.host.loads, 0)
    bench.device.model.input = 1
    bench.device.setBackend(.stalled)
    bench.poll()
    bench.write(.queueNotify, 0)
    expectEqual(bench.used(), 0)
    bench.device.setBackend(.immediate)
    bench.poll()
    expectEqual(bench.used(), 1)
  }

  @Test("fills the buffers that it gathered once they do, with the next poll")
  func gathers() {
    var bench = receiving()
    bench.device.model.input = 1
    bench.device.model.chainsNeeded = 2
    bench.give()
    bench.poll()
    expectEqual(bench.used(), 0)
    expectEqual(bench.device.gathered.count(0), 1)
    bench.device.model.chainsNeeded = 1
    bench.poll()
    expectEqual(bench.used(), 1)
    expectEqual(bench.device.gathered.count(0), 0)
  }

  @Test("gathers no more buffers than it has room for, and has room again when they are filled")
  func limitsGathering() {
    var bench = receiving()
    bench.device.model.input = 1
    bench.device.model.chainsNeeded = 100
    bench.give(20)
    expectEqual([bench.device.gathered.count(0), bench.device.gathered.count(1)], [16, 0])
    expectEqual(bench.used(), 0)
    bench = receiving()
    for count in 1...100 {
      bench.device.model.input = 1
      bench.give()
      guard bench.used() == count else {
        Issue.record("buffer \(count) does not come back")
        return
      }
    }
  }

  @Test("gathers no two buffers that it would return by the same number")
  func refusesSameNumber() {
    var bench = receiving(.ringPacked)
    bench.device.model.input = 1
    bench.device.model.chainsNeeded = 3
    bench.give(id: 7)
    expectEqual(bench.needsReset, false)
    bench.give(id: 7)
    expectEqual(bench.needsReset, true)
  }

  @Test("says of a buffer that it was written where it was, or where there always is an answer")
  func saysWritten() {
    var probe = Bench(ProbeModel(), .ringPacked)
    probe.give()
    expectEqual(probe.firstFlags(), [.available, .used, .write])
    for isGone in [false, true] {
      var entropy = Bench(EntropyModel(source: SeededEntropy(seed: 1)), .ringPacked)
      if isGone { entropy.host.gone = 0x8000..<0x9000 }
      entropy.give()
      expectEqual(entropy.firstFlags(), isGone ? [.available, .used] : [.available, .used, .write])
    }
  }

  @Test("needs a reset where a ring goes away under it")
  func missesRings() {
    var bench = Bench(ProbeModel())
    // Only the flags, which are looked at for a notification.
    bench.host.gone = 0x1200..<0x1201
    bench.give()
    expectEqual(bench.needsReset, true)
    bench = Bench(ProbeModel())
    bench.device.setBackend(.deferred)
    bench.give()
    bench.host.gone = 0x1404..<0x1405
    bench.poll()
    expectEqual(bench.needsReset, true)
  }

  @Test("serves nothing more when the driver has given up")
  func givesUp() {
    var bench = Bench(ProbeModel())
    bench.device.setBackend(.deferred)
    bench.give()
    bench.write(.status, 0x8f)
    bench.poll()
    expectEqual(bench.used(), 0)
  }

  @Test("resets a queue at once, unless the backend is stalled and has requests of it or looks there for room")
  func resetsQueues() {
    for (mode, isReceiving, isLater) in [
      (.immediate, false, false), (.deferred, false, false), (.stalled, false, true), (.stalled, true, true),
    ] as [(BackendMode, Bool, Bool)] {
      var bench = Bench(ProbeModel(), .ringReset)
      bench.device.model.isReceiving = isReceiving
      bench.device.setBackend(mode)
      if !isReceiving { bench.give() }
      bench.write(.queueReset, 1)
      expectEqual([bench.read(.queueReset), bench.read(.queueReady)], [isLater ? 1 : 0, 0])
      guard isLater else { continue }
      // Meanwhile nothing changes it.
      bench.write(.queueNum, 4)
      bench.write(.queueReady, 1)
      expectEqual(bench.read(.queueReady), 0)
      expectEqual(bench.device.queues[0].size, 32)
      bench.device.setBackend(.immediate)
      bench.poll()
      expectEqual(bench.read(.queueReset), 0)
    }
  }

  @Test("resets no queue that is not there, or where that was not agreed upon")
  func resetsNoOther() {
    var bench = Bench(ProbeModel())
    bench.write(.queueReset, 1)
    expectEqual(bench.read(.queueReady), 1)
    var large = Bench(ProbeModel(), .ringReset, queues: 8)
    large.write(.queueSel, 8)
    large.write(.queueReset, 1)
    expectEqual(large.needsReset, false)
  }

  @Test("lets a driver at aligned parts of the configuration space, and at nothing behind it")
  func configuration() {
    var bench = Bench(ProbeModel())
    let reads: [(offset: UInt32, width: Int, value: UInt64)] = [
      (0, 1, 1), (5, 1, 6), (6, 1, 0), (4, 2, 0x605), (1, 2, 0), (6, 2, 0), (0, 4, 0x0403_0201), (4, 4, 0x605),
      (2, 4, 0), (0, 8, 0),
    ]
    for (offset, width, value) in reads {
      expectEqual(bench.device.readRegister(Register.configBase + offset, width: width, host: &bench.host), value)
    }
    for (offset, width) in [(0, 1), (5, 1), (6, 1), (1, 2), (2, 2), (4, 2), (6, 2), (0, 4), (2, 4), (4, 4)] {
      bench.device.writeRegister(
        Register.configBase + UInt32(offset), width: width, value: 0x1_0000_0009, host: &bench.host)
    }
    expectEqual(bench.device.model.writes, [[0, 1, 9], [5, 1, 9], [2, 2, 9], [4, 2, 9], [0, 4, 9]])
    bench.device.model.config = ConfigBytes(count: 16)
    bench.device.writeRegister(Register.configBase, width: 8, value: 9, host: &bench.host)
    expectEqual(bench.device.model.writes.count, 5)
  }
}
