#include "sha1.h"

// libFuzzer names artifacts by the SHA-1 of their bytes (FIPS 180-4).

static uint32_t rotate(uint32_t word, int count) { return word << count | word >> (32 - count); }

static void add_block(uint32_t hash[5], const uint8_t block[64]) {
  uint32_t w[80];
  for (int i = 0; i < 16; i++) {
    w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8
      | (uint32_t)block[4 * i + 3];
  }
  for (int i = 16; i < 80; i++) w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);

  uint32_t a = hash[0], b = hash[1], c = hash[2], d = hash[3], e = hash[4];
  for (int i = 0; i < 80; i++) {
    uint32_t f, k;
    if (i < 20) {
      f = (b & c) | (~b & d);
      k = 0x5a827999;
    } else if (i < 40) {
      f = b ^ c ^ d;
      k = 0x6ed9eba1;
    } else if (i < 60) {
      f = (b & c) | (b & d) | (c & d);
      k = 0x8f1bbcdc;
    } else {
      f = b ^ c ^ d;
      k = 0xca62c1d6;
    }
    uint32_t next = rotate(a, 5) + f + e + k + w[i];
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  hash[0] += a;
  hash[1] += b;
  hash[2] += c;
  hash[3] += d;
  hash[4] += e;
}

void sha1_hex(const uint8_t *bytes, size_t size, char *digits) {
  uint32_t hash[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  size_t whole = size / 64 * 64;
  for (size_t at = 0; at < whole; at += 64) add_block(hash, bytes + at);

  uint8_t tail[128] = {0};
  size_t rest = size - whole;
  for (size_t i = 0; i < rest; i++) tail[i] = bytes[whole + i];
  tail[rest] = 0x80;
  size_t tail_size = rest < 56 ? 64 : 128;
  for (int i = 0; i < 8; i++) tail[tail_size - 1 - (size_t)i] = (uint8_t)((uint64_t)size * 8 >> 8 * i);
  for (size_t at = 0; at < tail_size; at += 64) add_block(hash, tail + at);

  for (int i = 0; i < 40; i++) digits[i] = "0123456789abcdef"[hash[i / 8] >> (28 - 4 * (i % 8)) & 15];
  digits[40] = 0;
}
