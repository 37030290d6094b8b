import VirtioHarness

/// QEMU's monitor, as far as it is needed: the JSON of QMP, by the shape that QEMU gives it.
struct QMP: ~Copyable {
  private var lines: Lines

  init(_ descriptor: Int32) throws(DeviceDeath) {
    lines = Lines(descriptor)
    // The greeting.
    _ = try lines.next()
    _ = try run("qmp_capabilities")
  }

  /// Runs a command, and gives the line of its answer: `{"return": …}` or `{"error": …}`.
  mutating func run(_ command: String, _ arguments: String = "{}") throws(DeviceDeath) -> String {
    lines.put(#"{"execute": "\#(command)", "arguments": \#(arguments)}"#)
    try lines.flush()
    while true {
      let line = try lines.next()
      if !line.contains(#""event":"#) { return line }
    }
  }

  /// The path of the first of the machine's own objects of this type; nil where there is none.
  mutating func path(ofType type: String) throws(DeviceDeath) -> String? {
    for folder in ["/machine", "/machine/unattached"] {
      if let path = try path(ofType: type, in: folder) { return path }
    }
    return nil
  }

  private mutating func path(ofType type: String, in folder: String) throws(DeviceDeath) -> String? {
    let list = try run("qom-list", #"{"path": "\#(folder)"}"#)
    // {"name": "device[1]", "type": "child<arm_gic>"}
    for entry in list.split(separator: "{") where entry.contains("child<\(type)>") {
      let words = entry.split(separator: "\"")
      if let key = words.firstIndex(of: "name"), key + 2 < words.count { return "\(folder)/\(words[key + 2])" }
    }
    return nil
  }
}
