/// What a fuzz target needs of C: libFuzzer's symbols, which may or may not be linked, and what has to happen between a
/// fatal signal and the end of the process.

#ifndef FUZZER_SHIM_H
#define FUZZER_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "sha1.h"

#pragma mark Engine

/// Whether libFuzzer is linked, which `-sanitize=fuzzer` does.
bool shim_has_engine(void);

/// Runs libFuzzer on the executable's `LLVMFuzzerTestOneInput`. Needs the engine.
int shim_run_engine(int argc, char *_Nonnull *_Nonnull argv);

/// libFuzzer's own mutation of bytes. Needs the engine.
size_t shim_engine_mutate(uint8_t *_Nonnull data, size_t size, size_t max_size);

enum {
  /// How many clauses there can be.
  shim_clause_limit = 512,
  /// How many extra counters each has.
  shim_clause_states = 3,
};

/// Counters that libFuzzer clears before each input and takes for coverage: `shim_clause_limit` for each state.
uint8_t *_Nonnull shim_extra_counters(void);

#pragma mark Shared words

/// Maps `count` zeroed words that other processes can see: in a new file at `path`, or in memory shared with children
/// where `path` is null. Null, with errno set, where that fails.
uint64_t *_Nullable shim_map_words(const char *_Nullable path, size_t count);

#pragma mark Dying

/// Gives the fatal signals their default action, so that libFuzzer, which replaces no handler, sets its own. What
/// AddressSanitizer handles itself stays with it.
void shim_release_signals(void);

/// How to explain the death of this process. The strings and the word have to live as long as the process.
struct shim_explainer {
  /// The executable to start, and what it is to take for its name.
  const char *_Nonnull path;
  const char *_Nonnull name;
  /// How the names of libFuzzer's artifacts begin, or the one name that all have.
  const char *_Nonnull artifact_prefix;
  const char *_Nullable exact_artifact_path;
  /// Where the number of the current step is.
  const uint64_t *_Nonnull step;
  /// An input that runs this long hangs, in seconds.
  long timeout;
};

/// Sets handlers before those that are there now. When an input kills the process, ends it or hangs, they start
///
///     name --explain crash|timeout <signal> <step> <artifact> <input
///
/// wait for its end, and go on with the handlers that were there.
void shim_explain_deaths(struct shim_explainer explainer);

/// Where libFuzzer writes the artifact of this kind, `crash` or `timeout`, for these bytes.
void shim_artifact_path(
  const struct shim_explainer *_Nonnull explainer, const char *_Nonnull kind, const uint8_t *_Nullable bytes,
  size_t size, char *_Nonnull path, size_t capacity);

/// These bytes are the input from here on, until `shim_end_input`.
void shim_begin_input(const uint8_t *_Nullable bytes, size_t size);
void shim_end_input(void);

/// Ends the process as a crash that is explained already.
_Noreturn void shim_abort_explained(void);

#pragma mark Children

/// `fork`, which Swift does not import. Sound in a process of one thread.
pid_t shim_fork(void);

/// How a process ended: with an exit code, or else by a signal.
struct shim_end {
  bool exited;
  int code;
};

/// Waits for a child's end.
struct shim_end shim_wait(pid_t child);

/// Ends this process by SIGALRM after so many milliseconds, also where whoever started it had that signal blocked or
/// ignored, which children inherit; 0 takes it back.
void shim_set_alarm(uint64_t milliseconds);

/// Ends this process with these words and exit code 1 after so many seconds, until `shim_set_alarm(0)`.
void shim_set_deadline(uint32_t seconds, const char *_Nonnull words);

/// The name of a signal, or "signal" for one that has none here.
const char *_Nonnull shim_signal_name(int number);

#endif
