import Benchmark
import VirtioDevice
import VirtioSpec

/// Accesses as a driver makes them, one register after the other in turn, and the same registers shuffled, where the
/// processor cannot tell in advance which one comes next. The offsets come out of memory, so that each access finds its
/// register anew.
func registerBenchmarks() {
  let reads: [Register] = [.status, .interruptStatus, .queueReady]
  benchmarkReads("register read", AccessList(inTurn: reads))
  benchmarkReads("register read, shuffled", AccessList(shuffled: reads + [.queueNumMax, .configGeneration]))

  let writes: [Register] = [.queueSel, .interruptACK]
  benchmarkWrites("register write", AccessList(inTurn: writes))
  benchmarkWrites(
    "register write, shuffled", AccessList(shuffled: writes + [.deviceFeaturesSel, .driverFeaturesSel]))
}

/// Registers to access, one after the other and over again.
private struct AccessList {
  static var count: Int { 256 }

  let offsets: [UInt32]

  init(inTurn registers: [Register]) {
    offsets = (0..<Self.count).map { registers[$0 % registers.count].rawValue }
  }

  init(shuffled registers: [Register]) {
    var random: UInt64 = 0x5eed
    offsets = (0..<Self.count).map { _ in
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return registers[Int(random >> 33) % registers.count].rawValue
    }
  }
}

private func benchmarkReads(_ name: String, _ list: AccessList) {
  Benchmark(name, configuration: .nanoseconds) { benchmark in
    var rig = BlockRig()
    benchmark.startMeasurement()
    let sum = readAll(list, count: benchmark.scaledIterations.count, &rig)
    benchmark.stopMeasurement()
    blackHole(sum)
  }
}

/// - Returns: the sum of what was read: no access can be left out.
@inline(never)
private func readAll(_ list: AccessList, count: Int, _ rig: inout BlockRig) -> UInt64 {
  let offsets = list.offsets.span
  var sum: UInt64 = 0
  for index in 0..<count {
    sum &+= rig.device.readRegister(offsets[index % AccessList.count], width: Register.width, host: &rig.host)
  }
  return sum
}

private func benchmarkWrites(_ name: String, _ list: AccessList) {
  Benchmark(name, configuration: .nanoseconds) { benchmark in
    var rig = BlockRig()
    benchmark.startMeasurement()
    writeAll(list, count: benchmark.scaledIterations.count, &rig)
    benchmark.stopMeasurement()
    blackHole(rig.read(.queueReady))
  }
}

@inline(never)
private func writeAll(_ list: AccessList, count: Int, _ rig: inout BlockRig) {
  let offsets = list.offsets.span
  for index in 0..<count {
    rig.device.writeRegister(
      offsets[index % AccessList.count], width: Register.width, value: UInt64(index & 1), host: &rig.host)
  }
}
