import Testing

@Suite("virtio-fuzz faults")
struct FaultsTests {
  /// A package as far as the command looks at one, and a fault in it.
  private func folder(fault: String) throws -> CommandRunner {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write("", to: "Package.swift")
    try virtioFuzz.write("let one = 1\n", to: "Sources/VirtioDevice/Model.swift")
    try virtioFuzz.write(fault, to: "Faults/X1.patch")
    return virtioFuzz
  }

  private static let head = """
    Reference: nobody
    Bug: One is two.
    Trigger: Ask.
    Target: FuzzLifecycle
    Expects: MMIO-DEV-07 ROB-01

    """

  private static func patch(from old: String) -> String {
    """
    \(head)
    --- a/Sources/VirtioDevice/Model.swift
    +++ b/Sources/VirtioDevice/Model.swift
    @@ -1 +1 @@
    -\(old)
    +let one = 2

    """
  }

  @Test("a patch that does not apply any more is an error with its name, and leaves the package as it is")
  func stale() throws {
    let virtioFuzz = try folder(fault: Self.patch(from: "let one = 0"))
    let result = try virtioFuzz("faults", "--check")
    #expect(result.code == 1)
    #expect(result.errors.hasPrefix("Error: Faults/X1.patch: it does not apply any more: "), "\(result.errors)")
    #expect(virtioFuzz.text("Sources/VirtioDevice/Model.swift") == "let one = 1\n")
  }

  @Test("a patch is put into a copy, which is as the package again behind it")
  func copy() throws {
    let virtioFuzz = try folder(fault: Self.patch(from: "let one = 1"))
    try virtioFuzz.write("let old = 1\n", to: "work/faults/package/Sources/VirtioDevice/Old.swift")
    // There is nothing that could be built.
    let result = try virtioFuzz("faults", "--check")
    #expect(result.code == 1)
    #expect(result.errors.hasPrefix("Error: Faults/X1.patch: it does not build any more: "), "\(result.errors)")
    #expect(virtioFuzz.text("Sources/VirtioDevice/Model.swift") == "let one = 1\n")
    #expect(virtioFuzz.text("work/faults/package/Sources/VirtioDevice/Model.swift") == "let one = 1\n")
    #expect(try virtioFuzz.names(in: "work/faults/package/Sources/VirtioDevice") == ["Model.swift"])
  }

  @Test(
    "what is no fault says what is wrong",
    arguments: [
      ("Reference: nobody\n", "there is no line 'Bug: …' before the first empty line"),
      (head.replacing("FuzzLifecycle", with: "FuzzAll"), "'FuzzAll' is no fuzz target"),
      (head.replacing("ROB-01", with: "ROB-77"), "'ROB-77' is no clause"),
    ])
  func malformed(fault: String, problem: String) throws {
    let result = try folder(fault: fault)("faults", "--check")
    #expect(result.code == 1)
    #expect(result.errors.hasPrefix("Error: Faults/X1.patch: \(problem)"), "\(result.errors)")
  }

  @Test("what is not there is an error that says what is, and wrong numbers are wrong usage")
  func errors() throws {
    let virtioFuzz = try folder(fault: Self.head)
    let missing = try virtioFuzz("faults", "X2")
    #expect(missing.code == 1)
    #expect(missing.errors.hasPrefix("Error: Faults: there is no fault 'X2'; it can be X1\n"), "\(missing.errors)")
    let elsewhere = try CommandRunner()("faults")
    #expect(elsewhere.code == 1)
    #expect(elsewhere.errors.hasPrefix("Error: Faults: No such file or directory"), "\(elsewhere.errors)")
    #expect(try virtioFuzz("faults", "--seeds", "0").code == 64)
    #expect(try virtioFuzz("faults", "--json", "--markdown").code == 64)
  }

  @Test("fuzzing can go without the judge, and sees no violation then")
  func ablation() throws {
    var virtioFuzz = try CommandRunner()
    try virtioFuzz.write("virtio-program 1\ndevice block\nnegotiate\nqueue size=4\nreset\n", to: "a.txt")
    let program = ["assemble", "a.txt", "-o", "a.vfz"]
    #expect(try virtioFuzz(program[0], Array(program[1...])).code == 0)
    let target = CommandRunner.target("FuzzBroken")
    #expect(try virtioFuzz.start(target, ["a.vfz"]).code == 77)
    virtioFuzz.environment = ["VIRTIO_FUZZ_WITHOUT": "judge"]
    #expect(try virtioFuzz.start(target, ["a.vfz"]).code == 0)
    virtioFuzz.environment = ["VIRTIO_FUZZ_WITHOUT": "mutator,luck"]
    let wrong = try virtioFuzz.start(target, ["a.vfz"])
    #expect(wrong.code == 64)
    #expect(wrong.errors.hasPrefix("error: 'luck' is nothing that fuzzing can go without; it can be mutator, clauses"))
  }
}
