import VirtioSpec

/// Finds the virtio-mmio nodes of a tree, and understands them one after the other.
struct DeviceFinder {
  let tree: FlatTree
  /// Of ``Limits/rangeEntries``.
  var rangeEntriesLeft = Limits.rangeEntries
  /// Of the node that is looked at.
  var problems: [DiscoveryProblem] = []

  static func devices(in tree: FlatTree) throws(DeviceTreeError) -> [DiscoveredDevice] {
    var finder = DeviceFinder(tree: tree)
    var devices: [DiscoveredDevice] = []
    // The root is a platform, and no device.
    for node in tree.nodes.indices.dropFirst() {
      if let device = try finder.device(node) { devices.append(device) }
    }
    return devices
  }

  private mutating func device(_ node: Int) throws(DeviceTreeError) -> DiscoveredDevice? {
    problems = []
    guard isVirtio(node) else { return nil }
    let window = try registerWindow(of: node)
    let interrupts = interrupts(of: node)
    return DiscoveredDevice(
      path: tree.path(of: node), offset: tree.nodes[node].offset, window: window, interrupts: interrupts,
      status: status(of: node), problems: problems)
  }

  /// Whether it is a virtio-mmio node, or plainly was meant to be one, which is a problem.
  private mutating func isVirtio(_ node: Int) -> Bool {
    guard let compatible = tree.nodes[node][.compatible] else {
      let name = tree.name(of: node)
      guard name.hasPrefix(Binding.namePrefix) || name.hasPrefix("virtio@"), tree.nodes[node][.reg] != nil else {
        return false
      }
      problems.append(DiscoveryProblem(.notCompatible(nil), at: tree.nodes[node].offset))
      return true
    }
    let texts = tree.blob.texts(compatible)
    if texts.whole.contains(Binding.compatible) { return true }
    // `virtio-mmio` is what kernels call it elsewhere. Devices on other transports, as `virtio,pci-iommu`, are not meant.
    let near = (texts.whole + [texts.rest]).first { text in
      String(text.lowercased().map { "-_".contains($0) ? "," : $0 }) == Binding.compatible
    }
    guard let near else { return false }
    problems.append(DiscoveryProblem(.notCompatible(near), at: compatible.lowerBound))
    return true
  }

  /// The node's own status, or the first on the way up that is not okay.
  private func status(of node: Int) -> DiscoveredDevice.Status {
    var next: Int? = node
    while let current = next {
      if let value = tree.nodes[current][.status] {
        // No more of it than a word needs, since a bus may have many devices that ask for it.
        let text = tree.blob.texts(value.prefix(32)).whole.first ?? ""
        // `ok` is an old spelling, and a reason may stand behind `fail-`.
        let word = text == "ok" ? "okay" : text.hasPrefix("fail-") ? "fail" : text
        let status = DiscoveredDevice.Status(rawValue: word) ?? .unknown
        if status != .okay { return status }
      }
      next = tree.nodes[current].parent
    }
    return .okay
  }
}
