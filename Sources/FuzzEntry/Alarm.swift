import Glibc

/// Lets an alarm end this process: whoever started it may have had that signal blocked or ignored, which children inherit.
func admitAlarm() {
  var signals = sigset_t()
  sigemptyset(&signals)
  sigprocmask(SIG_SETMASK, &signals, nil)
  signal(SIGALRM, SIG_DFL)
}
