import VirtioSpec

extension MMIODevice where Model: ~Copyable {
  /// Changes when requests end. What waits is served by the next ``poll(host:)``.
  @inlinable
  public mutating func setBackend(_ mode: BackendMode) {
    backendMode = mode
  }
}

/// A console device.
public typealias ConsoleDevice = MMIODevice<ConsoleModel>

/// A network device.
public typealias NetworkDevice = MMIODevice<NetworkModel>

/// A block device on a storage.
public typealias BlockDevice<Storage: BlockStorage & ~Copyable> = MMIODevice<BlockModel<Storage>>

/// An entropy device on a source.
public typealias EntropyDevice<Source: EntropySource & ~Copyable> = MMIODevice<EntropyModel<Source>>

extension MMIODevice where Model: ~Copyable {
  /// Changes a block device's capacity at run time, in sectors. False when the storage refuses, or nothing changes.
  @inlinable
  public mutating func resize<Storage: BlockStorage & ~Copyable>(
    sectors: UInt64, host: inout some DeviceHost & ~Copyable
  ) -> Bool where Model == BlockModel<Storage> {
    guard model.resize(sectors: sectors) else { return false }
    configChanged(host: &host)
    return true
  }
}

extension MMIODevice where Model == ConsoleModel {
  /// The console has another size, in characters.
  public mutating func resize(columns: UInt16, rows: UInt16, host: inout some DeviceHost & ~Copyable) {
    if model.resize(columns: columns, rows: rows) { configChanged(host: &host) }
  }

  /// Characters come in at a port. They wait for room in the guest, which is looked for with the next ``poll(host:)``.
  ///
  /// - Returns: how many of them the device takes: none while nobody in the guest would ever read them.
  public mutating func deliver(_ bytes: RawSpan, to port: Int) -> Int {
    isRunning ? model.deliver(bytes, to: port) : 0
  }
}

extension MMIODevice where Model == NetworkModel {
  /// The link goes up or down.
  public mutating func setLink(_ isUp: Bool, host: inout some DeviceHost & ~Copyable) {
    if model.setLink(isUp) { configChanged(host: &host) }
  }

  /// The guest is asked to make itself known in its network.
  public mutating func announce(host: inout some DeviceHost & ~Copyable) {
    if model.announce() { configChanged(host: &host) }
  }

  /// A frame comes in, behind its `NetworkHeader`. It waits for room in the guest, which is looked for with the next ``poll(host:)``.
  public mutating func deliver(_ frame: RawSpan) {
    guard isRunning else { return }
    var canReceive: UInt8 = 0
    for pair in 0..<NetworkModel.maxPairs where queues[Network.receiveQueue(ofPair: pair)].isReady {
      canReceive |= 1 << UInt8(pair)
    }
    model.deliver(frame, canReceive: canReceive)
  }
}
