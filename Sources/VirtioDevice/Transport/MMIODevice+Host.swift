import VirtioSpec

extension MMIODevice where Model: ~Copyable {
  /// Changes when requests end. What waits is served by the next ``poll(host:)``.
  @inlinable
  public mutating func setBackend(_ mode: BackendMode) {
    backendMode = mode
  }
}

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
