/// When requests end.
public enum BackendMode: Sendable {
  /// Inside the notification.
  case immediate
  /// At the next poll, in the order in which they were taken.
  case deferred
  /// At the next poll, the last one first.
  case reversed
  /// Not before the mode changes.
  case stalled
}
