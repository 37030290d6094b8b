import Foundation
import Testing

// A build with counters takes minutes: '.ci/run full' makes one.
@Suite("virtio-fuzz coverage")
struct CoverageTests {
  @Test("needs the package's folder, and programs")
  func errors() throws {
    let virtioFuzz = try CommandRunner()
    let empty = try virtioFuzz("coverage", "FuzzRegisters")
    #expect(empty.code == 1)
    #expect(empty.errors.hasPrefix("Error: Corpus/Seeds/FuzzRegisters: there is no program in it; start this in"))
    try virtioFuzz.write("virtio-program 1\ndevice block\n", to: "a.txt")
    let elsewhere = try virtioFuzz("coverage", "--program", "a.txt")
    #expect(elsewhere.code == 1)
    #expect(
      elsewhere.errors
        == "Error: .: this is not the folder of the package: there is no Package.swift with a device model\n")
  }
}
