#ifndef SHA1_H
#define SHA1_H

#include <stddef.h>
#include <stdint.h>

/// Writes the SHA-1 of the bytes as 40 hexadecimal digits and a zero. Async-signal-safe.
void sha1_hex(const uint8_t *_Nullable bytes, size_t size, char *_Nonnull digits);

#endif
