import Testing

@testable import Mutation

@Suite("Schemata")
struct SchemataTests {
  /// Puts code into a function, and gives what becomes of it there.
  static func changed(_ code: String, in head: String = "func f(a: Int, b: Int) -> Int") -> (text: String, [Mutant]) {
    let file = SchemataFile(name: "F.swift", source: "\(head) {\n\(code)\n}\n", firstNumber: 1)
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().dropLast(2)
    return (lines.joined(separator: "\n"), file.mutants)
  }

  @Test(
    "put each kind of mutant behind its number",
    arguments: [
      // Comparisons and borders.
      ("return a < b", "return Mutant.less(1, a , b)", ["comparison"]),
      ("return a == b", "return Mutant.equal(1, a , b)", ["comparison"]),
      ("return x(a..<b)", "return x(Mutant.range(1, a,b))", ["range"]),
      ("return min(a, b)", "return Mutant.least(1, a, b)", ["extreme"]),
      // Arithmetic, and what wraps.
      ("return a + b", "return Mutant.plus(1, a , b)", ["arithmetic"]),
      ("return a &- b", "return Mutant.wrappingMinus(1, 2, a , b)", ["arithmetic", "wrap"]),
      (
        "a &+= b", "if Mutant.isOff(1) { Mutant.assign_wrappingPlus(2, 3, &a , b) }", ["removal", "arithmetic", "wrap"]
      ),
      // Statements that are left out.
      ("try go(); return a", "if Mutant.isOff(1) { try go() }; return a", ["removal"]),
      ("self.x = a", "if Mutant.isOff(1) { self.x = a }", ["removal"]),
      // Branches that are swapped.
      ("if a.b { return c }", "if Mutant.branch(1, 2, a.b) { return c }", ["swap", "check"]),
      ("return a.b ? c : d", "return Mutant.swap(1, a.b) ? c : d", ["swap"]),
      ("while a.b { return c }", "while Mutant.swap(1, a.b) { return c }", ["swap"]),
      ("return !a.b", "return Mutant.not(1, a.b)", ["negation"]),
      // Constants.
      ("return 7", "return Mutant.number(1, 2, 7)", ["constant+1", "constant-1"]),
      ("return 0", "return Mutant.number(1, 0)", ["constant+1"]),
      ("return true", "return Mutant.swap(1, true)", ["constant"]),
      // Masks and shifts.
      ("return a & ~b", "return Mutant.and(1, a , Mutant.complement(2, b))", ["mask", "mask"]),
      ("return a << b", "return Mutant.shiftLeft(1, a , b)", ["shift"]),
      // Checks that are missing.
      ("guard a.b else { return c }", "guard Mutant.holds(1, a.b) else { return c }", ["check"]),
      ("for x in y where x.z { return c }", "for x in y where Mutant.holds(1, x.z) { return c }", ["check"]),
      ("return a.b && c.d", "return Mutant.holds(1, a.b) && Mutant.holds(2, c.d)", ["left", "right"]),
      ("return a.b || c.d", "return Mutant.fails(1, a.b) || Mutant.fails(2, c.d)", ["left", "right"]),
      (
        "return a.b && c.d && e.f",
        "return Mutant.holds(1, a.b) && Mutant.holds(2, c.d) && Mutant.holds(3, e.f)", ["left", "right", "right"]
      ),
    ])
  func kinds(_ code: String, _ expected: String, _ mutations: [String]) {
    let (text, mutants) = Self.changed(code)
    #expect(text == expected)
    #expect(mutants.map(\.mutation.rawValue) == mutations)
  }

  @Test("let a function without a result return early, where it has more than one statement")
  func earlyReturn() {
    let source = "func f() {\n  a()\n  b()\n}\nfunc g() { a() }\n"
    let file = SchemataFile(name: "F.swift", source: source, firstNumber: 1)
    #expect(
      file.text == """
        func f() { if Mutant.isOn(1) { return };
          if Mutant.isOff(2) { a() }
          if Mutant.isOff(3) { b() }
        }
        func g() { if Mutant.isOff(4) { a() } }

        """)
    #expect(file.mutants.map(\.mutation) == [.earlyReturn, .removal, .removal, .removal])
  }

  @Test("nest")
  func nesting() {
    let (text, _) = Self.changed("if a + 1 < b || c.d { x -= 1 }")
    #expect(
      text == "if Mutant.branch(1, 2, Mutant.fails(7, Mutant.less(6, Mutant.plus(3, a , Mutant.number(4, 5, 1)) , b)) "
        + "|| Mutant.fails(8, c.d)) { if Mutant.isOff(9) { Mutant.assign_minus(10, &x , Mutant.number(11, 12, 1)) } }")
  }

  @Test(
    "leave alone what no driver reaches, and what cannot compile",
    arguments: [
      "precondition(1 < a, \"1\")", "let x: InlineArray<8, Int>", "if case .one = a { return b }",
      "guard let a else { return b }", "switch a { case 1: return b; default: return c }",
      "func g(x: Int = 1) -> Int { x }", "return \"\\(1 + 2)\"", "let x: Int; x = a", "while true { return a }",
    ])
  func nothing(_ code: String) {
    let (text, mutants) = Self.changed(code)
    #expect(text == code)
    #expect(mutants.isEmpty)
  }

  @Test(
    "keep a call that is a result",
    arguments: [
      ("func f() -> Int", "g()"), ("var f: Int", "g()"), ("func f() -> Int", "switch a { case .b: g() }"),
      ("func f() -> Int", "if a { g() } else { h() }"), ("func f()", "x { g() }"),
    ])
  func results(_ head: String, _ code: String) {
    let (text, _) = Self.changed(code, in: head)
    #expect(text.contains("isOff") == (head == "func f()"), "\(text)")
  }

  @Test("keep the assignments of an initializer that may be the first ones")
  func initializers() {
    let (text, _) = Self.changed("x = a\nself.y = b\nz.u = c", in: "init(a: Int)")
    #expect(text == "x = a\nself.y = b\nif Mutant.isOff(1) { z.u = c }")
  }

  @Test("have the lines of the original")
  func lines() {
    let source = "func f() -> Bool {\n  a == b\n    && c\n      < d\n}\n"
    let file = SchemataFile(name: "F.swift", source: source, firstNumber: 1)
    #expect(file.text.split(separator: "\n").count == source.split(separator: "\n").count)
    #expect(
      file.mutants.map(\.id) == [
        "F.swift:2:5:comparison", "F.swift:3:5:left", "F.swift:3:5:right", "F.swift:4:7:comparison",
      ])
  }

  @Test("lose the smallest site around what the compiler complains of, and keep all numbers")
  func removal() {
    var file = SchemataFile(name: "F.swift", source: "let x = a + b < c\n", firstNumber: 5)
    #expect(file.text == "let x = Mutant.less(6, Mutant.plus(5, a , b) , c)\n")
    func remove(column: Int) -> Bool { file.remove(atLine: 1, column: column) }
    // At `b`.
    #expect(remove(column: 42))
    #expect(file.text == "let x = Mutant.less(6, a + b , c)\n")
    #expect(file.uncompiled == [5])
    #expect(remove(column: 10))
    #expect(file.text == "let x = a + b < c\n")
    #expect(!remove(column: 10))
    #expect(file.mutants.map(\.number) == [5, 6])
  }

  @Test("lose the inner one of two sites that are the same expression")
  func innerRemoval() {
    var file = SchemataFile(name: "F.swift", source: "if a == b { return }\n", firstNumber: 1)
    #expect(file.text == "if Mutant.fails(1, Mutant.equal(2, a , b)) { return }\n")
    let isRemoved = file.remove(atLine: 1, column: 22)
    #expect(isRemoved)
    #expect(file.text == "if Mutant.fails(1, a == b) { return }\n")
  }

  @Test("count through all files, by their names")
  func numbers() {
    let schemata = Schemata(sources: ["b.swift": "let x = 0\n", "a.swift": "let x = 1\n"])
    #expect(
      schemata.mutants.map(\.id) == ["a.swift:1:9:constant+1", "a.swift:1:9:constant-1", "b.swift:1:9:constant+1"])
    #expect(schemata.mutants.map(\.number) == [1, 2, 3])
  }

  @Test("take the compiler's errors from what a build prints, the first of each line")
  func diagnostics() {
    let output = """
      /x/Sources/VirtioDevice/a.swift:3:7: error: cannot convert
      1 | let x
      /x/Sources/VirtioDevice/a.swift:3:9: error: and so on
      /x/Sources/VirtioDevice/a.swift:4:1: warning: never used
      error: fatalError
      """
    let errors = Diagnostic.errors(in: output)
    #expect(
      errors == [Diagnostic(path: "/x/Sources/VirtioDevice/a.swift", line: 3, column: 7, message: "cannot convert")])
    var schemata = Schemata(sources: ["a.swift": "\n\nlet x = 1\n"])
    let isRemoved = schemata.remove(errors[0])
    #expect(isRemoved)
    #expect(schemata.uncompiled == [1, 2])
  }

  @Test("have a function for each operator, with and without an assignment")
  func functions() {
    for name in ["+", "-", "*", "/", "%", "&+", "&-", "&*", "&", "|", "^", "<<", ">>"] {
      let function = OperatorMutations.infix(name)?.function ?? "?"
      #expect(OperatorMutations.assigning("\(name)=")?.function == function)
      #expect(SupportFiles.functions.contains("func \(function)<"))
      #expect(SupportFiles.functions.contains("func assign_\(function)<"))
    }
    #expect(OperatorMutations.assigning("<=") == nil)
    #expect(OperatorMutations.assigning("==") == nil)
  }
}
