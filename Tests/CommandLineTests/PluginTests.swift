import Foundation
import Testing

/// The example device in C, built as it is or with something in it replaced.
private struct ExampleLibrary {
  static let source = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Examples/PluginInC/tiny_entropy.c").standardizedFileURL

  /// Makes `name` in the runner's folder.
  static func make(_ name: String, in runner: borrowing CommandRunner, _ changes: [(String, String)] = []) throws {
    var text = try String(contentsOf: source, encoding: .utf8)
    for (old, new) in changes {
      #expect(text.contains(old), "the example has no line '\(old)' any more")
      text = text.replacing(old, with: new)
    }
    try runner.write(text, to: "\(name).c")
    let header = source.appending(path: "../../../Sources/CVirtioDUT/include").standardizedFileURL.path
    // The toolchain has it.
    let result = try runner.start(
      URL(filePath: "/usr/bin/env"), ["clang", "-std=c11", "-shared", "-fPIC", "-I", header, "-o", name, "\(name).c"])
    #expect(result.code == 0, "\(result.errors)")
  }
}

@Suite("--device plugin:PATH")
struct PluginTests {
  private let requests =
    "virtio-program 1\ndevice entropy\nnegotiate accept=0x100000000\nqueue size=4\nstatus set=driver-ok\n"
    + "publish length=64 flags=kick\n"
  private let resets = "virtio-program 1\ndevice entropy\nnegotiate\nqueue size=4\nreset\n"

  @Test("runs a program on the device of the library")
  func sound() throws {
    let virtioFuzz = try CommandRunner()
    try ExampleLibrary.make("tiny.so", in: virtioFuzz)
    try virtioFuzz.write(requests, to: "a.txt")
    let shown = try virtioFuzz("show", "--verdict", "--device", "plugin:tiny.so", "a.txt")
    #expect(shown.code == 0, "\(shown.errors)")
    #expect(shown.output.contains("\n        device writes 64 at 0x19000 "))
    #expect(shown.output.contains("\nverdict: the device keeps all that was put to the test\n"))
  }

  @Test("finds what is wrong with it, and makes a small program of it")
  func broken() throws {
    let virtioFuzz = try CommandRunner()
    try ExampleLibrary.make(
      "broken.so", in: virtioFuzz,
      [
        (
          "    reset(tiny);\n",
          "    const struct queue queue = tiny->queue;\n    reset(tiny);\n    tiny->queue = queue;\n"
        )
      ])
    try virtioFuzz.write(resets, to: "a.txt")
    let result = try virtioFuzz("minimize", "--device", "plugin:broken.so", "a.txt", "-o", "small.vfz")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("small.vfz: MMIO-DEV-07 "))
  }

  @Test("finds that it gives up and tells nobody")
  func quiet() throws {
    let virtioFuzz = try CommandRunner()
    try ExampleLibrary.make("quiet.so", in: virtioFuzz, [("    raise(tiny, CONFIG_CHANGE);\n", "")])
    let loop = requests.replacing("publish", with: "read offset=Status width=4\npublish fault=loop")
    try virtioFuzz.write(loop + "read offset=Status width=4\n", to: "a.txt")
    let result = try virtioFuzz("minimize", "--device", "plugin:quiet.so", "a.txt", "-o", "small.vfz")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("small.vfz: STAT-DEV-04 "))
  }

  @Test("holds nothing against it that it has no function for, or was not asked")
  func deaf() throws {
    let virtioFuzz = try CommandRunner()
    // A block device that can tell how worn it is, and whose disk does not grow.
    try ExampleLibrary.make(
      "disk.so", in: virtioFuzz,
      [
        ("profile->device_id = 4;", "profile->device_id = 2; profile->config_size = 8;"),
        ("case 0x008: return 4;", "case 0x008: return 2;"),
        ("profile->features[0] = 1ull << 32;", "profile->features[0] = 1ull << 32 | 1 << 15 | 1 << 9;"),
        (
          "tiny->device_features_sel == 1 ? 1 : 0;",
          "tiny->device_features_sel == 1 ? 1 : tiny->device_features_sel == 0 ? 0x8200 : 0;"
        ),
      ])
    try virtioFuzz.write(
      "virtio-program 1\ndevice block\nnegotiate accept=0x100000000\nread-config\nresize sectors=9\nread-config\n",
      to: "a.txt")
    let shown = try virtioFuzz("show", "--verdict", "--device", "plugin:disk.so", "a.txt")
    #expect(shown.output.contains("\nverdict: the device keeps all that was put to the test\n"), "\(shown.output)")
  }

  @Test(
    "a trap and a hang in the library are findings",
    arguments: [("__builtin_trap()", "ROB-01"), ("for (;;) __asm__ volatile(\"\")", "ROB-02")])
  func deaths(statement: String, clause: String) throws {
    let virtioFuzz = try CommandRunner()
    try ExampleLibrary.make("fatal.so", in: virtioFuzz, [("case 0x050: if", "case 0x050: \(statement); if")])
    try virtioFuzz.write(requests, to: "programs/a.txt")
    let assembled = try virtioFuzz("assemble", "programs/a.txt", "-o", "programs/a.vfz")
    #expect(assembled.code == 0, "\(assembled.errors)")
    let result = try virtioFuzz("triage", "programs", "--device", "plugin:fatal.so", "--time-limit", "1")
    #expect(result.code == 77, "\(result.errors)")
    #expect(result.output.hasPrefix("\(clause)/publish"), "\(result.output)")
  }

  @Test("a library that ends the process is a finding, whatever the exit code", arguments: [0, 1, 3, 77])
  func exits(code: Int32) throws {
    let virtioFuzz = try CommandRunner()
    try ExampleLibrary.make(
      "ending.so", in: virtioFuzz,
      [
        ("#include <stdlib.h>\n", "#include <stdlib.h>\n#include <unistd.h>\n"),
        ("case 0x050: if", "case 0x050: _exit(\(code)); if"),
      ])
    try virtioFuzz.write(requests, to: "a.txt")
    let shown = try virtioFuzz("show", "--verdict", "--device", "plugin:ending.so", "a.txt")
    #expect(shown.code == 0, "\(shown.errors)")
    let verdict = "\nverdict: ROB-01: the device ended its process with exit code \(code)\n"
    #expect(shown.output.hasSuffix(verdict), "\(shown.output)")
  }

  @Test("a library may make one device only, and what is wrong with its profile is said")
  func oneDevice() throws {
    let virtioFuzz = try CommandRunner()
    let creates = "static void *create("
    try ExampleLibrary.make(
      "single.so", in: virtioFuzz,
      [(creates, "static int count;\n\(creates)"), ("malloc(sizeof", "count++ ? NULL : malloc(sizeof")])
    try virtioFuzz.write(requests, to: "a.txt")
    let shown = try virtioFuzz("show", "--verdict", "--device", "plugin:single.so", "a.txt")
    #expect(shown.output.contains("\nverdict: the device keeps all that was put to the test\n"), "\(shown.errors)")

    let version = "profile->version = 2;"
    try ExampleLibrary.make("three.so", in: virtioFuzz, [(version, "profile->version = 3;")])
    let refused = try virtioFuzz("show", "--verdict", "--device", "plugin:three.so", "a.txt")
    #expect(refused.code == 1)
    #expect(refused.errors.hasPrefix("error: "))
    #expect(
      refused.errors.hasSuffix(
        "/three.so: its profile has version 3: it can be 2, or 1 of the legacy interface; see virtio_dut.h\n"))
  }

  @Test("a library that dies when its device is made is no finding, and said to")
  func dyingEarly() throws {
    let virtioFuzz = try CommandRunner()
    try ExampleLibrary.make(
      "early.so", in: virtioFuzz, [("  if (configuration[0]", "  __builtin_trap();\n  if (configuration[0]")])
    try virtioFuzz.write(requests, to: "a.txt")
    let shown = try virtioFuzz("show", "--verdict", "--device", "plugin:early.so", "a.txt")
    #expect(shown.code == 1)
    #expect(shown.errors.contains("it died before the program ran, when its device was made: "), "\(shown.errors)")
  }

  @Test("the upper bytes of a narrow read are not looked at")
  func narrowReads() throws {
    let virtioFuzz = try CommandRunner()
    try ExampleLibrary.make(
      "wide.so", in: virtioFuzz, [("case 0x008: return 4;", "case 0x008: return 0xabc00000004;")])
    try virtioFuzz.write("virtio-program 1\ndevice entropy\nread offset=DeviceID width=4\n", to: "a.txt")
    let shown = try virtioFuzz("show", "--verdict", "--device", "plugin:wide.so", "a.txt")
    #expect(shown.output.contains("\nverdict: the device keeps all that was put to the test\n"), "\(shown.output)")
  }

  /// Makes the example reach guest memory by itself.
  private static let rawMemory = [
    (
      "static int load(",
      """
      static const struct virtio_dut_region *regions;
      static size_t count;
      static void *at(uint64_t address, size_t size) {
        for (size_t index = 0; index < count; index++)
          if (address - regions[index].address < regions[index].size &&
              regions[index].size - (address - regions[index].address) >= size)
            return (char *)regions[index].bytes + (address - regions[index].address);
        return NULL;
      }
      static int load(
      """
    ),
    (
      "return tiny->host->read(tiny->host->context, address, number, size);",
      "(void)tiny; void *place = at(address, size); if (place) memcpy(number, place, size); return place != NULL;"
    ),
    (
      "return tiny->host->write(tiny->host->context, address, number, size);",
      "(void)tiny; void *place = at(address, size); if (place) memcpy(place, number, size); return place != NULL;"
    ),
    (
      "static void *create(",
      "static const struct virtio_dut_region *regions; static size_t count;\nstatic void *create("
    ),
    ("  reset(tiny);\n  return tiny;", "  reset(tiny);\n  regions = host->map(host->context, &count);\n  return tiny;"),
  ]

  @Test("follows a library in its own memory by what changes there")
  func raw() throws {
    let virtioFuzz = try CommandRunner()
    try ExampleLibrary.make("raw.so", in: virtioFuzz, Self.rawMemory)
    try virtioFuzz.write(requests, to: "a.txt")
    let sound = try virtioFuzz("show", "--verdict", "--device", "plugin:raw.so", "a.txt")
    #expect(sound.code == 0, "\(sound.errors)")
    #expect(sound.output.contains("\n        device writes 64 at 0x19000 "), "\(sound.output)")
    #expect(sound.output.contains("\nverdict: the device keeps all that was put to the test\n"))
  }

  @Test(
    "sees what a library does in its own memory that it must not, inside of RAM and behind it",
    arguments: [("0x4000f000", "ROB-04"), ("0x40020000 - 1 + 1", "ROB-01")])
  func rawAndWrong(address: String, clause: String) throws {
    let virtioFuzz = try CommandRunner()
    let poke = "case 0x050: ((volatile char *)at(0x40000000, 1))[\(address) - 0x40000000] = 1; if"
    try ExampleLibrary.make("raw.so", in: virtioFuzz, Self.rawMemory + [("case 0x050: if", poke)])
    try virtioFuzz.write(requests, to: "a.txt")
    let result = try virtioFuzz("show", "--verdict", "--device", "plugin:raw.so", "a.txt")
    #expect(result.output.contains("\nverdict: \(clause)"), "\(result.output)")
  }

  @Test("a library that is none, or makes no device, is an error that says why")
  func errors() throws {
    let virtioFuzz = try CommandRunner()
    try virtioFuzz.write(requests, to: "a.txt")
    try ExampleLibrary.make("other.so", in: virtioFuzz, [("version == VIRTIO_DUT_VERSION ? &functions : NULL", "NULL")])
    try ExampleLibrary.make("nameless.so", in: virtioFuzz, [("*virtio_dut(uint32_t", "*another(uint32_t")])
    try ExampleLibrary.make("tiny.so", in: virtioFuzz)
    for (device, problem) in [
      ("plugin:missing.so", "missing.so: there is no such file"), ("plugin:a.txt", "a.txt: "),
      ("plugin:other.so", "it does not work with version 1 of virtio_dut.h"),
      ("plugin:nameless.so", "it has no function 'virtio_dut'"),
      ("plugin:tiny.so:size=4", "this device has nothing to configure"),
    ] {
      let result = try virtioFuzz("show", "--verdict", "--device", device, "a.txt")
      #expect(result.code == 1, "\(device): \(result.errors)")
      #expect(result.errors.contains(problem), "\(device): \(result.errors)")
    }
    for wrong in [["--device", "tiny.so"], ["--device", "plugin:tiny.so", "--with", "FuzzBroken"]] {
      let result = try virtioFuzz("show", ["--verdict", "a.txt"] + wrong)
      #expect(result.code == 64, "\(wrong): \(result.errors)")
    }
  }
}
