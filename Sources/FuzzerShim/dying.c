#define _GNU_SOURCE
#include "FuzzerShim.h"

#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "sha1.h"

// Everything that a handler calls is async-signal-safe: the input may have died inside `malloc`. `posix_spawn` is so in
// glibc (no lock, no allocation, no fork handlers), which `fork` is not.

__attribute__((weak)) void __asan_init(void);

static const struct {
  int number;
  const char *name;
  bool is_asans;
} fatal_signals[] = {
  {SIGILL, "SIGILL", false}, {SIGTRAP, "SIGTRAP", false}, {SIGABRT, "SIGABRT", false},
  {SIGSEGV, "SIGSEGV", true}, {SIGBUS, "SIGBUS", true}, {SIGFPE, "SIGFPE", true},
};
enum { fatal_signal_count = sizeof fatal_signals / sizeof *fatal_signals };

static struct shim_explainer explainer;
static int input_file = -1;
static posix_spawn_file_actions_t spawn_actions;
static posix_spawnattr_t spawn_attributes;
static struct sigaction previous[NSIG];

static const uint8_t *input;
static size_t input_size;
static struct timespec input_start;
static volatile bool has_input;
static volatile bool is_explained;

const char *shim_signal_name(int number) {
  for (int i = 0; i < fatal_signal_count; i++) {
    if (fatal_signals[i].number == number) return fatal_signals[i].name;
  }
  return "signal";
}

void shim_release_signals(void) {
  for (int i = 0; i < fatal_signal_count; i++) {
    if (__asan_init == NULL || !fatal_signals[i].is_asans) signal(fatal_signals[i].number, SIG_DFL);
  }
}

void shim_begin_input(const uint8_t *bytes, size_t size) {
  input = bytes;
  input_size = size;
  clock_gettime(CLOCK_MONOTONIC_COARSE, &input_start);
  is_explained = false;
  has_input = true;
}

void shim_end_input(void) { has_input = false; }

static void append(char *text, size_t capacity, const char *more) {
  size_t length = strlen(text);
  size_t added = strlen(more);
  if (added > capacity - length - 1) added = capacity - length - 1;
  memcpy(text + length, more, added);
  text[length + added] = 0;
}

void shim_artifact_path(
  const struct shim_explainer *how, const char *kind, const uint8_t *bytes, size_t size, char *path, size_t capacity) {
  path[0] = 0;
  if (how->exact_artifact_path != NULL) return append(path, capacity, how->exact_artifact_path);
  char digits[41];
  sha1_hex(bytes, size, digits);
  append(path, capacity, how->artifact_prefix);
  append(path, capacity, kind);
  append(path, capacity, "-");
  append(path, capacity, digits);
}

static const char *decimal(uint64_t number, char text[21]) {
  char *digit = text + 20;
  *digit = 0;
  do {
    *--digit = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  return digit;
}

static void store_input(void) {
  if (ftruncate(input_file, 0) != 0 || lseek(input_file, 0, SEEK_SET) != 0) return;
  for (size_t at = 0; at < input_size;) {
    ssize_t count = pwrite(input_file, input + at, input_size - at, (off_t)at);
    if (count <= 0) return;
    at += (size_t)count;
  }
}

static void explain(const char *kind, const char *signal_name) {
  if (!has_input || is_explained) return;
  is_explained = true;
  store_input();
  char digits[21];
  char artifact[4096];
  shim_artifact_path(&explainer, kind, input, input_size, artifact, sizeof artifact);
  const char *arguments[] = {
    explainer.name, "--explain", kind, signal_name, decimal(*explainer.step, digits), artifact, NULL,
  };
  pid_t child;
  if (posix_spawn(&child, explainer.path, &spawn_actions, &spawn_attributes, (char **)arguments, environ) == 0) {
    shim_wait(child);
  }
}

static void go_on(int number, siginfo_t *info, void *context) {
  struct sigaction *next = &previous[number];
  // Not every libFuzzer handles SIGTRAP; what it does for an abort is right for it.
  if (next->sa_handler == SIG_DFL && number != SIGALRM) next = &previous[SIGABRT];
  if (next->sa_flags & SA_SIGINFO) {
    next->sa_sigaction(number, info, context);
  } else if (next->sa_handler == SIG_DFL) {
    signal(number, SIG_DFL);
    raise(number);
  } else if (next->sa_handler != SIG_IGN) {
    next->sa_handler(number);
  }
}

static void on_fatal_signal(int number, siginfo_t *info, void *context) {
  explain("crash", shim_signal_name(number));
  go_on(number, info, context);
}

static void on_alarm(int number, siginfo_t *info, void *context) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  // libFuzzer took the time a little earlier, and cuts it to whole seconds.
  long milliseconds = (now.tv_sec - input_start.tv_sec) * 1000 + (now.tv_nsec - input_start.tv_nsec) / 1000000;
  if (milliseconds >= explainer.timeout * 1000 - 20) explain("timeout", "SIGALRM");
  go_on(number, info, context);
}

/// Called by AddressSanitizer, where it is linked, before it reports an error.
__attribute__((used)) void __asan_on_error(void) { explain("crash", "AddressSanitizer"); }

static void handle(int number, void (*handler)(int, siginfo_t *, void *)) {
  struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
  sigfillset(&action.sa_mask);
  sigaction(number, &action, &previous[number]);
}

/// A stack for handlers, so that an input which uses up the stack can be explained too.
static void provide_stack(void) {
  static char stack_bytes[256 * 1024];
  stack_t stack;
  if (sigaltstack(NULL, &stack) != 0 || (stack.ss_flags & SS_DISABLE) == 0) return;
  stack = (stack_t){.ss_sp = stack_bytes, .ss_size = sizeof stack_bytes};
  sigaltstack(&stack, NULL);
}

/// A device ends the process. libFuzzer, whose handler for that was there before, keeps the input behind this.
static void on_exit_inside(void) { explain("crash", "exit()"); }

void shim_explain_deaths(struct shim_explainer how) {
  explainer = how;
  input_file = memfd_create("input", MFD_CLOEXEC);
  posix_spawn_file_actions_init(&spawn_actions);
  posix_spawn_file_actions_adddup2(&spawn_actions, input_file, STDIN_FILENO);
  sigset_t signals;
  posix_spawnattr_init(&spawn_attributes);
  posix_spawnattr_setflags(&spawn_attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&spawn_attributes, &signals);
  sigfillset(&signals);
  posix_spawnattr_setsigdefault(&spawn_attributes, &signals);
  provide_stack();
  for (int i = 0; i < fatal_signal_count; i++) handle(fatal_signals[i].number, on_fatal_signal);
  handle(SIGALRM, on_alarm);
  atexit(on_exit_inside);
}

void shim_abort_explained(void) {
  is_explained = true;
  abort();
}
