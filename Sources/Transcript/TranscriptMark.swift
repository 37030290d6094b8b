/// How far a process has come that was asked for a transcript: in the second file of `--transcript`, since a device may end
/// the process with any exit code.
public enum TranscriptMark: String, Sendable {
  /// There is no device yet; where there never is one, the process has said why.
  case asked
  /// The program runs.
  case begun
  /// It came to its end, and was told to its end.
  case done
}
