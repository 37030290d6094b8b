import VirtioSpec

// Network devices: NET-DEV, NET-DRV.
extension Judge {
  static let networkRules: [ClauseID] = [
    .netDev01, .netDev02, .netDev04, .netDev06, .netDev07, .netDev08, .netDev09, .netDev10, .netDev11, .netDev12,
    .netDev13, .netDev14, .netDev15, .netDev16, .netDev17, .netDev19, .netDev20, .netDev21, .netDev22, .netDev23,
    .netDev24, .netDev25, .netDev26, .netDev27, .netDev28, .netDev29, .netDev30, .netDev31, .netDev32, .netDev34,
    .netDev35, .netDev36, .netDev37, .netDev38, .netDev39, .netDev40, .netDev41, .netDev42,
    .netDev43, .netDev44, .netDev47, .netDev48, .featDev01,
  ]

  static let networkTraceRules: [ClauseID] = [
    .netDrv01, .netDrv02, .netDrv03, .netDrv04, .netDrv05, .netDrv06, .netDrv07, .netDrv08, .netDrv09, .netDrv10,
  ]

  static let networkTwins: [ClauseID: ClauseID] = [.netDev05: .featDev01]

  static let networkWaivers: [ClauseID: String] = [
    .netDev03: "needs receive-side scaling: VIRTIO_NET_F_RSS or VIRTIO_NET_F_HASH_REPORT",
    .netDev18: "needs receive-side scaling: VIRTIO_NET_F_RSS",
    .netDev33: "needs segmentation inside tunnels: VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO",
    .netDev45: "needs receive-side scaling: VIRTIO_NET_F_RSS",
    .netDev46: "needs coalescing of notifications: VIRTIO_NET_F_NOTF_COAL or VIRTIO_NET_F_VQ_NOTF_COAL",
    .netDev49: "not observable: needs a big-endian guest; registers are passed on as numbers, not as bytes",
  ]

  /// What a queue is for; nil where the features leave that open, or where it is none of the device's.
  func networkRole(ofQueue queue: Int) -> Network.Role? {
    guard let features = shadow.features else { return nil }
    return Network.Role(ofQueue: queue, pairs: networkPairs(features))
  }

  /// How many pairs of queues are in front of the one for control.
  private func networkPairs(_ features: FeatureBits) -> Int { shadow.networkPairs(features) }

  /// A queue is for frames that come in, or nobody knows what it is for.
  func isForFrames(_ queue: Int) -> Bool {
    switch networkRole(ofQueue: queue) {
    case .receive, nil: true
    case .transmit: false
    case .control: shadow.features?.contains(.netControlQueue) != true
    }
  }

  /// A chain of a network device comes back.
  mutating func judgeNetworkRequest(_ index: Int, _ element: UsedElement) {
    let chain = shadow.chains[index]
    guard let features = shadow.features, shadow.knowsFrameHeader(features) else {
      shadow.loseCommands()
      shadow.network.knowsAllFrames = false
      return
    }
    if chain.hasWritable { shadow.disturbChains(overlapping: index) }
    switch networkRole(ofQueue: chain.queue) {
    case .receive(let pair): judgeReceived(index, pair, element, features)
    case .transmit(let pair): judgeTransmitted(index, pair, features)
    case .control: if features.contains(.netControlQueue) { judgeCommand(index, element, features) }
    case nil: break
    }
  }

  /// Chains of a queue come back of which nothing is said (INORDER-DEV-02).
  mutating func passOverNetwork(_ queue: Int) {
    switch networkRole(ofQueue: queue) {
    case .receive(let pair) where pair < NetworkShadow.maxPairs:
      loseFrame(pair, shadow.features?.contains(.netMergeableBuffers) == true)
    case .receive: shadow.network.knowsAllFrames = false
    case .transmit: break
    case .control, nil: shadow.loseCommands()
    }
  }

  /// QueueNumMax was read: how many queues there have to be so that this one is, or is not, there; nil where that is not
  /// said. With VIRTIO_NET_F_MQ offered, it depends on whether it is accepted which one is for control.
  func networkQueueCount(_ selector: UInt32) -> UInt32? {
    let offered = shadow.profile.offeredFeatures
    let control: UInt32 = offered.contains(.netControlQueue) ? 1 : 0
    guard !offered.isDisjoint(with: [.netMultiQueue, .netReceiveScaling]) else { return 2 + control }
    guard let features = shadow.features, !features.isDisjoint(with: [.netMultiQueue, .netReceiveScaling]) else {
      return selector < 2 + control ? 2 + control : nil
    }
    return 2 * UInt32(networkPairs(features)) + control
  }
}
