import Foundation
import VirtioHarness
import VirtioProgram
import VirtioSpec

/// The smallest program that shows a finding, and what is wrong with it.
struct MinimizedFinding {
  let program: Program
  let verdict: Verdict
  /// Lines of the text that begin with '#', behind those that say what is wrong.
  var comments: [String] = []

  /// Made of a program that shows it on the device; `path` is where the program came from.
  init(of program: Program, at path: String, only: FindingIdentity?, on device: TargetDevice) throws {
    guard try device.verdict(program, only: only) != nil else {
      let what = only.map { "no \($0)" } ?? "nothing"
      throw FileError(
        path, "\(what) is found in it on \(device.name); --with names the fuzz target whose device shows it")
    }
    let small = try device.minimized(program, only: only)
    guard let verdict = try device.verdict(small, only: only) else {
      throw FileError(path, "what it was minimized to shows in one process and not in another")
    }
    self.program = small
    self.verdict = verdict
  }

  /// `MMIO-DEV-07 in step 2 (queue) of 3: seen 0x1, expected 0x0`
  var line: String {
    let count = program.steps.count
    let place = verdict.identity.stepKind.map { "in step \(verdict.step) (\($0.name)) of \(count)" }
    let fault = verdict.driverFault.isEmpty ? "" : ", after the driver broke \(verdict.driverFault)"
    return "\(clause.name) \(place ?? "outside of its steps"): \(verdict.sight)\(fault)"
  }

  /// The program's text form, with comments that say what is wrong.
  var text: String {
    let lines = ["# \(clause.name): \(clause.says)", "# \(line)"] + comments
    return lines.map { "\($0)\n" }.joined() + program.text(numbered: true)
  }

  /// Writes the bytes, and the text beside them.
  func write(to path: String) throws {
    try Files.write(program.encode(), to: path)
    try Files.write([UInt8](text.utf8), to: path.textTwin)
  }

  private var clause: Clause { verdict.identity.clause.clause }
}

extension String {
  func removingSuffix(_ suffix: String) -> String { hasSuffix(suffix) ? String(dropLast(suffix.count)) : self }

  /// Where the text of the program in the file at this path is.
  var textTwin: String { removingSuffix(".vfz") + ".txt" }
}
