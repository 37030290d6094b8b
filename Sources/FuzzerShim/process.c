#include "FuzzerShim.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

uint64_t *shim_map_words(const char *path, size_t count) {
  int file = -1;
  if (path != NULL) {
    file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return NULL;
    if (ftruncate(file, (off_t)(count * sizeof(uint64_t))) != 0) {
      close(file);
      return NULL;
    }
  }
  int flags = path != NULL ? MAP_SHARED : MAP_SHARED | MAP_ANONYMOUS;
  void *words = mmap(NULL, count * sizeof(uint64_t), PROT_READ | PROT_WRITE, flags, file, 0);
  if (file >= 0) close(file);
  return words == MAP_FAILED ? NULL : words;
}

pid_t shim_fork(void) { return fork(); }

struct shim_end shim_wait(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return (struct shim_end){.exited = true, .code = -1};
  }
  bool exited = WIFEXITED(status);
  return (struct shim_end){.exited = exited, .code = exited ? WEXITSTATUS(status) : WTERMSIG(status)};
}

static const char *last_words;

static void on_deadline(int number) {
  (void)number;
  ssize_t count = write(STDERR_FILENO, last_words, strlen(last_words));
  _exit(count < 0 ? 2 : 1);
}

void shim_set_deadline(uint32_t seconds, const char *words) {
  last_words = words;
  shim_set_alarm(1000 * (uint64_t)seconds);
  signal(SIGALRM, on_deadline);
}

void shim_set_alarm(uint64_t milliseconds) {
  sigset_t alarm_only;
  sigemptyset(&alarm_only);
  sigaddset(&alarm_only, SIGALRM);
  signal(SIGALRM, SIG_DFL);
  pthread_sigmask(SIG_UNBLOCK, &alarm_only, NULL);
  struct itimerval timer = {
    .it_value = {.tv_sec = (time_t)(milliseconds / 1000), .tv_usec = (suseconds_t)(milliseconds % 1000 * 1000)},
  };
  setitimer(ITIMER_REAL, &timer, NULL);
}
