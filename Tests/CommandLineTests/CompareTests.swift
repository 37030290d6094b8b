import Foundation
import Testing

@Suite("virtio-fuzz compare")
struct CompareTests {
  private struct Report: Decodable {
    struct Breach: Decodable {
      let clause, severity, brokenBy, example, sight: String
      let count: Int
      let step: Int?
    }

    struct Difference: Decodable {
      let what, example: String
      let values: [String]
      let count, step: Int
    }

    let devices: [String]
    let programs: Int
    let notAllowed: [Breach]
    let allowed: [Difference]
    let brokenByBoth: [String]
  }

  private static let head = "virtio-program 1\ndevice block queues=1 queue-size=8\n"

  /// Two programs that reset a device with a live queue, and one that looks at who it is.
  private func folder() throws -> CommandRunner {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(Self.head + "negotiate accept=0x100000000\nqueue size=4\nreset\n", to: "Corpus/Seeds/long.txt")
    try virtioFuzz.write(Self.head + "queue size=4\n", to: "Corpus/Seeds/short.txt")
    try virtioFuzz.write(Self.head + "poll\nread offset=VendorID width=4\n", to: "Corpus/Regressions/vendor.txt")
    return virtioFuzz
  }

  private func report(_ result: CommandResult) throws -> Report {
    try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
  }

  @Test("does not allow that one device breaks a clause where the other keeps it", arguments: [false, true])
  func notAllowed(isSecond: Bool) throws {
    let names = isSecond ? ["FuzzLifecycle", "FuzzBroken"] : ["FuzzBroken", "FuzzLifecycle"]
    let virtioFuzz = try folder()
    let result = try virtioFuzz("compare", names + ["--json"])
    #expect(result.code == 77, "\(result.errors)")
    let report = try report(result)
    #expect(report.devices == names && report.programs == 3 && report.allowed.isEmpty && report.brokenByBoth.isEmpty)
    #expect(report.notAllowed.count == 1)
    let breach = try #require(report.notAllowed.first)
    #expect((breach.clause, breach.severity, breach.brokenBy) == ("MMIO-DEV-07", "error", "FuzzBroken"))
    #expect((breach.count, breach.example, breach.step) == (2, "Corpus/Seeds/short.txt", 1))
    let text = try virtioFuzz("compare", names)
    #expect(text.code == 77)
    #expect(text.output.contains("\n  MMIO-DEV-07 (error), broken by FuzzBroken in 2 programs: "))
    #expect(
      text.output.hasSuffix(
        "\n\(names[0]) and \(names[1]): 1 difference not allowed, 0 kinds of allowed ones, in 3 programs\n"))
  }

  @Test("lists apart what the specification leaves open")
  func allowed() throws {
    var virtioFuzz = try folder()
    virtioFuzz.environment["FUZZ_BROKEN"] = "foreign"
    let result = try virtioFuzz("compare", "FuzzLifecycle", "FuzzBroken", "--json")
    #expect(result.code == 0, "\(result.output)")
    let report = try report(result)
    #expect(report.notAllowed.isEmpty)
    let vendor = try #require(report.allowed.first { $0.what == "register VendorID" })
    #expect((vendor.step, vendor.example) == (1, "Corpus/Regressions/vendor.txt"))
    #expect(vendor.values.last == "0x12345678" && vendor.values.first != vendor.values.last)
    let text = try virtioFuzz("compare", "FuzzLifecycle", "FuzzBroken")
    #expect(text.output.contains("\n  register VendorID, in "))
  }

  @Test("finds nothing between a device and itself, and says what both break")
  func alike() throws {
    let virtioFuzz = try folder()
    let sound = try virtioFuzz("compare", "FuzzLifecycle", "FuzzEntropy", "--json")
    #expect(sound.code == 0)
    #expect(try report(sound).allowed.isEmpty)
    let broken = try virtioFuzz("compare", "FuzzBroken", "FuzzBroken", "--json")
    #expect(broken.code == 0)
    #expect(try report(broken).brokenByBoth == ["MMIO-DEV-07"])
  }

  @Test("takes warnings for what is not allowed with --strict only")
  func strict() throws {
    var virtioFuzz = try folder()
    virtioFuzz.environment["FUZZ_BROKEN"] = "fussy"
    let lenient = try virtioFuzz("compare", "FuzzLifecycle", "FuzzBroken", "--json")
    #expect(lenient.code == 0, "\(lenient.output)")
    #expect(try report(lenient).notAllowed.map(\.clause) == ["FEAT-DEV-02"])
    #expect(try virtioFuzz("compare", "FuzzLifecycle", "FuzzBroken", "--strict").code == 77)
  }

  @Test("of a program that kills one of them names that alone")
  func deaths() throws {
    var virtioFuzz = try folder()
    virtioFuzz.environment["FUZZ_BROKEN"] = "trap"
    try virtioFuzz.write(Self.head + "write offset=QueueNotify width=4 value=9\n", to: "fatal.txt")
    let result = try virtioFuzz("compare", "FuzzBroken", "FuzzLifecycle", "fatal.txt", "--json")
    #expect(result.code == 77)
    #expect(try report(result).notAllowed.map(\.clause) == ["ROB-01"])
  }

  @Test("used wrongly ends with 64, and without a device or programs with 1")
  func errors() throws {
    let virtioFuzz = try folder()
    #expect(try virtioFuzz("compare", "FuzzLifecycle").code == 64)
    let device = try virtioFuzz("compare", "FuzzLifecycle", "socket:a")
    #expect(device.code == 64)
    #expect(device.errors.hasPrefix("Error: 'socket:a' is no device; it can be plugin:PATH"))
    let library = try virtioFuzz("compare", "FuzzLifecycle", "plugin:missing.so")
    #expect(library.code == 1)
    #expect(library.errors.hasPrefix("Error: missing.so: there is no such file"))
    let target = try virtioFuzz("compare", "FuzzLifecycle", "nothing")
    #expect(target.code == 1)
    #expect(target.errors.hasPrefix("Error: nothing: this is no fuzz target"))
    #expect(try virtioFuzz("compare", "FuzzLifecycle", "FuzzBroken", "missing.vfz").code == 1)
    #expect(try CommandRunner()("compare", "FuzzLifecycle", "FuzzBroken").code == 1)
  }
}
