import VirtioSpec

// What there is only of a console.
extension ProgramGenerator {
  private var portCount: UInt64 { accepts(.consoleMultiport) ? min(UInt64(header.queueCount), 3) : 1 }

  /// The driver makes room for messages and says that it is ready, then that its ports are, and that they are open.
  mutating func openPorts(_ steps: inout [Step]) {
    guard accepts(.consoleMultiport), !random.oneIn(6) else { return }
    let room = Step(.publish).setting(.queue, 2).setting(.index, 1).setting(.length, 32).setting(PublishFlags.kick)
    steps.append(room.setting(.count, 4))
    steps.append(control(.deviceReady))
    steps.append(service())
    for port in 0..<portCount {
      steps.append(control(.portReady).setting(.value, port))
      steps.append(control(.portOpen).setting(.value, port))
    }
    steps.append(room.setting(.count, 8))
    steps.append(service())
  }

  private func control(_ request: Request) -> Step {
    Step(.publish).setting(.queue, 3).choosing(request).setting(.index, 1).setting(PublishFlags.kick)
  }

  mutating func consoleRequest(on queue: UInt64) -> Step {
    switch Console.Role(ofQueue: Int(queue)) {
    case .receive: return Step(.publish).setting(.queue, queue).setting(.length, 1 << random.below(11))
    case .controlReceive:
      return Step(.publish).setting(.queue, queue).setting(.length, random.oneIn(8) ? 1 << random.below(5) : 32)
    case .transmit:
      return Step(.publish).setting(.queue, queue).setting(.length, 1 << random.below(11)).setting(
        .value, random.below(256))
    case .controlTransmit:
      let request: Request =
        switch random.below(16) {
        case 0: .control
        case 1: .deviceReady
        case 2: .portClose
        case 3: .portFailed
        case 4..<9: .portReady
        default: .portOpen
        }
      return control(request).setting(.value, random.below(portCount)).setting(.position, random.below(10))
    }
  }

  /// Something that happens outside the guest, or the character of last resort.
  mutating func consoleEvent() -> Step {
    let port = random.below(portCount)
    switch random.below(16) {
    case 0 where offered.contains(.consoleEmergencyWrite):
      return Step(.write).access(UInt64(Register.configBase + ConsoleConfig.emergencyWrite), width: .four)
        .setting(.value, random.below(256))
    case 1: return Step(.resize).setting(.value, random.below(4096))
    case 2, 3: return anyStep(.port).setting(.queue, port)
    default:
      return anyStep(.deliver).setting(.queue, port).setting(.length, 1 + random.below(1 << random.below(11)))
    }
  }
}
