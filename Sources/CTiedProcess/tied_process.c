#define _GNU_SOURCE
#include "tied_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

pid_t tied_process_start(const char *const *arguments, const int *descriptors, size_t count, int errors) {
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child != 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(0);
  // What a fuzzer handles is not for the child, and neither is an alarm.
  for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  // First out of the way of the numbers that they get.
  int copies[16];
  if (count > sizeof copies / sizeof copies[0]) _exit(127);
  for (size_t index = 0; index < count; index++) copies[index] = fcntl(descriptors[index], F_DUPFD_CLOEXEC, 64);
  const int nothing = open("/dev/null", O_RDWR);
  dup2(nothing, STDIN_FILENO);
  dup2(nothing, STDOUT_FILENO);
  dup2(errors, STDERR_FILENO);
  for (size_t index = 0; index < count; index++) dup2(copies[index], 3 + (int)index);
  for (int number = 3 + (int)count; number < 128; number++) close(number);
  execvp(arguments[0], (char *const *)arguments);
  _exit(127);
}

int tied_process_file(void) { return memfd_create("virtio-fuzz", MFD_CLOEXEC); }
