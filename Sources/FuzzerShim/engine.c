#include "FuzzerShim.h"

// Weak, so that the same objects link with libFuzzer and without.
__attribute__((weak)) int LLVMFuzzerRunDriver(
  int *argc, char ***argv, int (*test_one_input)(const uint8_t *, size_t));
__attribute__((weak)) size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

// `-sanitize=fuzzer` links libFuzzer into every executable, also into those that are no fuzz target.
__attribute__((weak)) int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  (void)data;
  (void)size;
  return 0;
}

bool shim_has_engine(void) { return LLVMFuzzerRunDriver != NULL && LLVMFuzzerMutate != NULL; }

int shim_run_engine(int argc, char **argv) { return LLVMFuzzerRunDriver(&argc, &argv, LLVMFuzzerTestOneInput); }

size_t shim_engine_mutate(uint8_t *data, size_t size, size_t max_size) {
  return LLVMFuzzerMutate(data, size, max_size);
}

__attribute__((section("__libfuzzer_extra_counters"), used))
static uint8_t extra_counters[shim_clause_limit * shim_clause_states];

uint8_t *shim_extra_counters(void) { return extra_counters; }

// Read by AddressSanitizer, where it is linked: the runtime's own leaks are no finding, and a memory error is one.
__attribute__((used)) const char *__asan_default_options(void) { return "detect_leaks=0:exitcode=77"; }
