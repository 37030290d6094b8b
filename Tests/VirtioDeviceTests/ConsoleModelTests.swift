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
  }
}
