/// What is mutated.
public enum DeviceModel {
  /// Below the package's.
  public static let folder = "Sources/VirtioDevice"
}
