import Testing
import VirtioSpec

@testable import VirtioDevice

@Suite("A console model")
struct ConsoleModelTests {
  /// A message, as the driver sends it and the device puts it into a buffer.
  private func message(_ port: UInt8, _ event: Console.ControlEvent, _ value: UInt8 = 0, _ rest: [UInt8] = [])
    -> [UInt8]
  {
    [port, 0, 0, 0, UInt8(event.rawValue), 0, value, 0] + rest
  }

  /// With a guest that knows its ports.
  private func ready(ports: Int, _ host: inout PlainHost) -> ConsoleModel {
    var console = ConsoleModel(portCount: ports)
    console.featuresChanged(to: ConsoleModel.allFeatures)
    _ = console.serve([message(0, .deviceReady, 1)], queue: 3, &host)
    return console
  }

  /// What it has to tell, until there is nothing more.
  private func told(_ console: inout ConsoleModel, _ host: inout PlainHost) -> [[UInt8]] {
    var messages: [[UInt8]] = []
    while console.hasInput(2), messages.count < 20 { messages.append(console.serve(room: 64, queue: 2, &host)) }
    return messages
  }

  @Test("tells each thing once, in the order in which a guest can use it, and all of it")
  func tells() {
    var host = PlainHost()
    var console = ready(ports: 2, &host)
    expectEqual(told(&console, &host), [message(0, .deviceAdd), message(1, .deviceAdd)])
    _ = console.serve([message(0, .portReady, 1)], queue: 3, &host)
    expectEqual(
      told(&console, &host),
      [
        message(0, .consolePort, 1), message(0, .resize, 0, [80, 0, 25, 0]), message(0, .portOpen, 1),
      ])
    _ = console.serve([message(1, .portReady, 1)], queue: 3, &host)
    expectEqual(told(&console, &host), [message(1, .portName, 0, Array("port1".utf8)), message(1, .portOpen, 1)])
    console.setHostOpen(1, false)
    expectEqual(console.resize(columns: 0x123, rows: 0x45), true)
    expectEqual(told(&console, &host), [message(0, .resize, 0, [0x23, 1, 0x45, 0]), message(1, .portOpen, 0)])
    expectEqual(console.resize(columns: 0x123, rows: 0x45), false)
    expectEqual(console.hasInput(2), false)
  }

  @Test("knows of no port below the first or behind the last")
  func otherPorts() {
    var host = PlainHost()
    var console = ready(ports: 2, &host)
    let told = told(&console, &host)
    for port in [-1, 2] {
      console.setPresent(port, true)
      console.setHostOpen(port, true)
      expectEqual(console.deliver([1 as UInt8].span.bytes, to: port), 0)
    }
    expectEqual(told, [message(0, .deviceAdd), message(1, .deviceAdd)])
    expectEqual(console.hasInput(2), false)
  }

  @Test("has ports that are closed, unknown and empty before it is switched on")
  func hasNewPorts() {
    let port = ConsolePort()
    #expect(!port.isPresent && !port.isHostOpen && !port.isAnnounced && !port.isGuestOpen)
    #expect(port.messages.isEmpty && port.inputCount == 0)
    var host = PlainHost()
    var console = ready(ports: 1, &host)
    _ = told(&console, &host)
    expectEqual(console.serve(room: 8, queue: 2, &host), [])
    for queue in [1, 3] { expectEqual(console.hasInput(queue), false) }
  }

  @Test("has nothing to tell a guest that has not asked, or not any more")
  func isSilent() {
    var host = PlainHost()
    var console = ConsoleModel(portCount: 2)
    console.featuresChanged(to: ConsoleModel.allFeatures)
    expectEqual(console.hasInput(2), false)
    console = ready(ports: 2, &host)
    _ = console.serve([message(0, .deviceReady, 0)], queue: 3, &host)
    expectEqual(console.hasInput(2), false)
    console = ready(ports: 2, &host)
    _ = told(&console, &host)
    console.reset()
    expectEqual(console.hasInput(2), false)
    // And starts over with one that asks again.
    console.featuresChanged(to: ConsoleModel.allFeatures)
    _ = console.serve([message(0, .deviceReady, 1)], queue: 3, &host)
    expectEqual(told(&console, &host), [message(0, .deviceAdd), message(1, .deviceAdd)])
  }

  @Test("does not know a port that was not announced, and takes back one that was")
  func knowsPorts() {
    var host = PlainHost()
    var console = ready(ports: 2, &host)
    console.setPresent(1, false)
    expectEqual(told(&console, &host), [message(0, .deviceAdd)])
    _ = console.serve([message(1, .portReady, 1)], queue: 3, &host)
    console.setHostOpen(1, true)
    expectEqual(console.hasInput(2), false)
    console.setPresent(1, true)
    expectEqual(told(&console, &host), [message(1, .deviceAdd)])
    console.setPresent(1, true)
    expectEqual(console.hasInput(2), false)
    console.setPresent(1, false)
    console.setPresent(1, true)
    expectEqual(told(&console, &host), [message(1, .deviceRemove), message(1, .deviceAdd)])
    for isPresent in [false, true, false] { console.setPresent(1, isPresent) }
    expectEqual(told(&console, &host), [message(1, .deviceRemove)])
    console.setPresent(2, true)
    expectEqual(console.hasInput(2), false)
    // As many as there can be.
    var full = ready(ports: 3, &host)
    full.setPresent(3, false)
    full.setHostOpen(3, false)
    expectEqual(told(&full, &host).count, 3)
  }

  @Test("says of a port that the host opens or closes it, and of a new one that it is open")
  func opensPorts() {
    var host = PlainHost()
    var console = ready(ports: 2, &host)
    _ = told(&console, &host)
    console.setHostOpen(1, true)
    expectEqual(console.hasInput(2), false)
    console.setHostOpen(1, false)
    expectEqual(told(&console, &host), [message(1, .portOpen, 0)])
    console.setPresent(1, false)
    console.setHostOpen(1, true)
    console.setHostOpen(1, false)
    console.setPresent(1, true)
    expectEqual(told(&console, &host), [message(1, .deviceRemove), message(1, .deviceAdd)])
    _ = console.serve([message(1, .portReady, 1)], queue: 3, &host)
    expectEqual(told(&console, &host).last, message(1, .portOpen, 1))
  }

  @Test("takes characters for a port that the guest has open, as many as it keeps, and gives them in order")
  func takesCharacters() {
    var host = PlainHost()
    var console = ready(ports: 2, &host)
    let characters = (0..<4100).map { UInt8(truncatingIfNeeded: $0 * 7) }
    expectEqual(console.deliver(characters.span.bytes, to: 1), 0)
    _ = told(&console, &host)
    _ = console.serve([message(1, .portOpen, 1)], queue: 3, &host)
    expectEqual(console.hasInput(4), false)
    expectEqual(console.deliver(characters.span.bytes, to: 1), 4096)
    expectEqual(console.hasInput(4), true)
    expectEqual(console.hasInput(0), false)
    expectEqual(console.serve(room: 100, queue: 4, &host), Array(characters[..<100]))
    expectEqual(console.deliver(characters.span.bytes, to: 1), 100)
    expectEqual(console.serve(room: 5000, queue: 4, &host), Array(characters[100..<4096] + characters[..<100]))
    expectEqual(console.hasInput(4), false)
    expectEqual(console.deliver(characters.span.bytes, to: 2), 0)
    // A port that is gone has lost them.
    expectEqual(console.deliver(characters.span.bytes, to: 1), 4096)
    console.setPresent(1, false)
    console.setPresent(1, true)
    expectEqual(console.hasInput(4), false)
  }

  @Test("puts out what the guest sends, by its port, if there is one")
  func putsOut() {
    var host = PlainHost()
    var console = ready(ports: 2, &host)
    let long = (0..<300).map { UInt8(truncatingIfNeeded: $0) }
    expectEqual(console.serve([[1, 2], long], queue: 1, &host).isEmpty, true)
    expectEqual(host.emitted.flatMap(\.bytes), [1, 2] + long)
    expectEqual(host.emitted.allSatisfy { $0.port == 0 }, true)
    host.emitted = []
    _ = console.serve([[3]], queue: 5, &host)
    expectEqual(host.emitted.map(\.port), [1])
    console.setPresent(1, false)
    _ = console.serve([[4]], queue: 5, &host)
    expectEqual(host.emitted.count, 1)
    // It has written nothing into what was there to read.
    expectEqual(ConsoleModel.answersAlways, false)
  }

  @Test("is as new when it is switched on again")
  func powersOn() {
    var host = PlainHost()
    var console = ready(ports: 3, &host)
    _ = told(&console, &host)
    _ = console.serve([message(0, .portOpen, 1)], queue: 3, &host)
    expectEqual(console.deliver([1 as UInt8].span.bytes, to: 0), 1)
    console.powerOn(portCount: 2, features: ConsoleModel.allFeatures)
    expectEqual(console.hasInput(0), false)
    // Without MULTIPORT, port 0 is open; and nobody is told of what happens to the ports.
    expectEqual(console.deliver([1 as UInt8].span.bytes, to: 0), 1)
    console.setPresent(1, false)
    console.setPresent(1, true)
    expectEqual(console.hasInput(2), false)
    _ = console.serve([[1]], queue: 5, &host)
    _ = console.serve([[1]], queue: 7, &host)
    expectEqual(host.emitted.map(\.port), [1])
  }

  @Test("forgets with a reset what the guest has said")
  func resets() {
    var host = PlainHost()
    var console = ready(ports: 2, &host)
    _ = told(&console, &host)
    _ = console.serve([message(1, .portOpen, 1)], queue: 3, &host)
    console.reset()
    expectEqual(console.deliver([1 as UInt8].span.bytes, to: 0), 1)
    console.featuresChanged(to: ConsoleModel.allFeatures)
    expectEqual(console.deliver([1 as UInt8].span.bytes, to: 1), 0)
    console.setPresent(1, false)
    console.setPresent(1, true)
    expectEqual(console.hasInput(2), false)
  }

  @Test("puts out a character of last resort, if it has a place for one, and nothing that is written elsewhere")
  func emergency() {
    var host = PlainHost()
    for features in [ConsoleModel.allFeatures, .consoleSize] {
      var console = ConsoleModel(features: features)
      for offset in [0, ConsoleConfig.emergencyWrite - 1, ConsoleConfig.emergencyWrite] {
        console.writeConfig(offset, width: 1, value: 0x1_41, host: &host)
      }
    }
    expectEqual(host.emitted.map(\.bytes), [[0x41]])
  }

  @Test("has another size when any part of it is another one")
  func resizes() {
    var console = ConsoleModel()
    for size in [(80, 25), (0x1150, 25), (0x1150, 0x3319), (0x1150, 0x3419), (0x1250, 0x3419)] as [(UInt16, UInt16)] {
      expectEqual(console.resize(columns: size.0, rows: size.1), size != (80, 25))
      expectEqual(console.resize(columns: size.0, rows: size.1), false)
    }
    var fixed = ConsoleModel(features: .consoleMultiport)
    expectEqual(fixed.resize(columns: 1, rows: 1), false)
  }

  @Test("keeps what came for a port that the guest has closed until it opens it again")
  func closesPorts() {
    var host = PlainHost()
    var console = ready(ports: 3, &host)
    // Nobody can open what was not announced.
    _ = console.serve([message(1, .portOpen, 1)], queue: 3, &host)
    expectEqual(console.deliver([1 as UInt8].span.bytes, to: 1), 0)
    _ = told(&console, &host)
    _ = console.serve([message(1, .portOpen, 1)], queue: 3, &host)
    expectEqual(console.deliver([1 as UInt8].span.bytes, to: 1), 1)
    for isOpen: UInt8 in [0, 1] {
      _ = console.serve([message(1, .portOpen, isOpen)], queue: 3, &host)
      expectEqual(console.hasInput(4), isOpen == 1)
    }
    expectEqual(console.serve(room: 1, queue: 4, &host), [1])
    expectEqual(console.hasInput(4), false)
    expectEqual(console.deliver([1 as UInt8].span.bytes, to: 3), 0)
  }

  @Test("tells nothing that is not so, or that the guest cannot use")
  func tellsTheTruth() {
    var host = PlainHost()
    var console = ConsoleModel(portCount: 2)
    console.featuresChanged(to: .consoleMultiport)
    console.setPresent(1, false)
    _ = console.serve([message(0, .deviceReady, 1)], queue: 3, &host)
    expectEqual(told(&console, &host), [message(0, .deviceAdd)])
    _ = console.serve([message(0, .portReady, 0)], queue: 3, &host)
    expectEqual(console.hasInput(2), false)
    _ = console.serve([message(0, .portReady, 1)], queue: 3, &host)
    expectEqual(told(&console, &host), [message(0, .consolePort, 1), message(0, .portOpen, 1)])
    expectEqual(console.resize(columns: 0x123, rows: 0x4567), true)
    expectEqual(console.hasInput(2), false)
    console.featuresChanged(to: ConsoleModel.allFeatures)
    expectEqual(console.resize(columns: 0x123, rows: 0x89ab), true)
    expectEqual(told(&console, &host), [message(0, .resize, 0, [0x23, 1, 0xab, 0x89])])
  }
}
