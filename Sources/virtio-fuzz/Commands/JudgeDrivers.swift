import ArgumentParser
import TraceImport
import VirtioHarness
import VirtioOracle
import VirtioProgram
import VirtioSpec

/// What drivers broke: recorded ones, and those of programs.
struct JudgeDrivers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge",
    abstract: "Says which rules for drivers a recorded driver, or the driver of a program, broke.",
    discussion: """
      Example: virtio-fuzz judge modern-blk.txt Corpus/Seeds/FuzzBlock/four-queues.vfz

      A trace is judged as it was recorded, by the rules that register accesses show; widths, what reads returned and \
      guest memory are not in it, and are not made up. One that accesses GuestPageSize, QueueAlign or QueuePFN is of a \
      legacy device. A program, as bytes or as text, runs on the reference device, where all rules for drivers are \
      judged. Lines count from 1, steps from 0.
      """)

  @Argument(help: "Traces and programs.", completion: .file())
  var paths: [String]

  @Option(
    help: ArgumentHelp(
      "The text to go by: chapter, the MMIO chapter of February 2023, or 1.4, the specification's version.",
      valueName: "text"))
  var spec: Specification = .chapter

  @Flag(help: "Take warnings (SHOULD, SHOULD NOT, advice) for findings, too.")
  var strict = false

  func run() throws {
    var codes: [ExitCode] = []
    for path in paths {
      do {
        let conduct = try judge(path)
        for line in conduct.lines { print("\(path): \(line)") }
        codes.append(conduct.isFinding(strict: strict) ? .finding : .success)
      } catch {
        complain("\(error)")
        codes.append(.failure)
      }
    }
    if codes.worst != .success { throw codes.worst }
  }

  private func judge(_ path: String) throws -> DriverConduct {
    let bytes = try Files.bytes(path)
    do {
      if bytes.starts(with: Header.magicBytes) { return DriverConduct(try Program(strict: bytes), spec) }
      let text = try Files.text(path)
      let first = text.split(whereSeparator: \.isNewline).first { !$0.hasPrefix("#") }
      if first?.hasPrefix("virtio-program") == true { return DriverConduct(try Program(text: text), spec) }
      return DriverConduct(try RecordedDriver(judging: Trace(text: text), by: spec))
    } catch let error as FileError {
      throw error
    } catch {
      throw FileError(path, "\(error)")
    }
  }
}

extension Specification: ExpressibleByArgument {}
