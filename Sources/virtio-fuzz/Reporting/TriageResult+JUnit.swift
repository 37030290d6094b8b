extension TriageResult {
  /// A test case for each finding, which failed, one for each file that cannot be read, which is in error, and one for
  /// the programs that show nothing, if there are some.
  func junit() -> [UInt8] {
    var suite = JUnitSuite(name: "virtio-fuzz triage on \(device)", classname: "virtio-fuzz.\(device)")
    for group in groups {
      let files = group.examples.map { "\($0.path)\n" }.joined()
      suite.add(
        "\(group.identity) (\(group.severity))",
        .failed(type: group.clause.name, message: group.clause.says, text: "\(group.smallest.sight)\n\(files)"))
    }
    for file in unreadable { suite.add(file.path, .inError(type: "unreadable", message: file.problem)) }
    if fineCount > 0 { suite.add("\(fineCount) programs show nothing", .passed) }
    return suite.bytes
  }
}
