import Foundation
import Testing
import VirtioProgram

@Suite("virtio-fuzz show --verdict and --html")
struct VerdictTests {
  private let resets = "virtio-program 1\ndevice block queues=1 queue-size=8\nnegotiate\nqueue size=4\nreset\n"
  /// What kills `FatalDevice`.
  private let fatal = "virtio-program 1\ndevice block\nnegotiate\nwrite offset=QueueNotify width=4 value=7\n"

  @Test("says what happens, and what was broken")
  func verdict() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(resets, to: "a.txt")
    let broken = try virtioFuzz("show", "--verdict", "--with", "FuzzBroken", "a.txt")
    #expect(broken.code == 0, "\(broken.errors)")
    #expect(broken.output.contains("\n   1  queue size=4\n      write QueueSel          <- 0x0\n"))
    #expect(broken.output.contains("\nverdict: MMIO-DEV-07 "))
    let sound = try virtioFuzz("show", "--verdict", "a.txt")
    #expect(sound.code == 0, "\(sound.errors)")
    #expect(sound.output.contains("\nverdict: the device keeps all that was put to the test\n"))
  }

  @Test(
    "shows what comes before a trap or a hang, and names it",
    arguments: [("trap", "ROB-01: the device trapped ("), ("hang", "ROB-02: the device came to no end within 1 s")])
  func deaths(way: String, end: String) throws {
    var virtioFuzz = try CommandRunner()
    virtioFuzz.environment["FUZZ_BROKEN"] = way
    try virtioFuzz.write(fatal, to: "a.txt")
    let result = try virtioFuzz("show", "--verdict", "--with", "FuzzBroken", "--time-limit", "1", "a.txt")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("\n      write QueueNotify       <- 0x7\n"))
    #expect(result.output.contains("\nverdict: \(end)"))
  }

  @Test("makes a page that needs nothing else, also of a trap", arguments: [nil, "trap"])
  func page(way: String?) throws {
    var virtioFuzz = try CommandRunner()
    virtioFuzz.environment["FUZZ_BROKEN"] = way
    try virtioFuzz.write(way == nil ? resets : fatal, to: "a.txt")
    let result = try virtioFuzz("show", "--html", "a.html", "--with", "FuzzBroken", "a.txt")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output == "a.html: \(way == nil ? "MMIO-DEV-07" : "ROB-01")\n")
    let page = virtioFuzz.text("a.html") ?? ""
    #expect(page.hasPrefix("<!doctype html>") && page.hasSuffix("</html>\n"))
    #expect(!page.contains("{{") && !page.contains(" src=") && !page.contains("<link") && !page.contains("url("))
    #expect(page.contains(#"{"kind":"step","number":0,"text":"negotiate"}"#))
  }

  @Test("an unwritable page, and what is no fuzz target, are errors that name it")
  func errors() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(resets, to: "a.txt")
    let page = try virtioFuzz("show", "--html", "missing/a.html", "a.txt")
    #expect(page.code == 1)
    #expect(page.errors == "Error: missing/a.html: No such file or directory\n")
    let target = try virtioFuzz("show", "--verdict", "--with", "/bin/false", "a.txt")
    #expect(target.code == 1)
    #expect(target.errors.hasPrefix("Error: /bin/false: it ended with exit code 1"))
  }
}
