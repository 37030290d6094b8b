/// Child processes that do not outlive their parent.

#ifndef TIED_PROCESS_H
#define TIED_PROCESS_H

#include <stddef.h>
#include <sys/types.h>

/// Starts the program `arguments[0]`, sought on PATH, with the rest up to a null pointer. It has `descriptors` as its
/// descriptors 3, 4 and so on, nothing on standard input and output, and `errors` for standard error. It is killed when
/// the calling thread ends.
///
/// Negative, with errno set, where there is no new process. What is no program ends with 127.
pid_t tied_process_start(
  const char *_Nullable const *_Nonnull arguments, const int *_Nonnull descriptors, size_t count, int errors);

/// A file without a name and without bytes; negative, with errno set, where there is none to be had.
int tied_process_file(void);

#endif
