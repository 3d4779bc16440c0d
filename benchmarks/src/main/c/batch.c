// The frames that go out, made once.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"

enum { MAX_BATCH_BYTES = 4 << 20 };

static const uint8_t MASK_KEY[4] = {0x37, 0xfa, 0x21, 0x3d};

uint8_t *batch;
size_t batch_bytes;
size_t frame_bytes;
const uint8_t *expected;
size_t expected_bytes;

static void fill_payload(uint8_t *payload) {
  size_t at = 0;
  unsigned number = 12345;
  // What people send: letters in small messages, JSON in bigger ones.
  if (options.bytes < 256) {
    for (; at < options.bytes; at++) payload[at] = (uint8_t) ('a' + at % 26);
  }
  while (at < options.bytes) {
    char line[128];
    number = number * 1103515245u + 12345u;
    int length = snprintf(line, sizeof line, "{\"id\":%u,\"user\":\"user%u\",\"price\":%u.%02u,\"side\":\"%s\"},",
                          number % 100000, (number >> 8) % 1000, (number >> 4) % 900, (number >> 12) % 100,
                          number & 64 ? "buy" : "sell");
    size_t count = (size_t) length < options.bytes - at ? (size_t) length : options.bytes - at;
    memcpy(payload + at, line, count);
    at += count;
  }
}

static size_t write_header(uint8_t *to) {
  size_t at = 0, bytes = options.bytes;
  to[at++] = options.binary ? 0x82 : 0x81;
  if (bytes < 126) {
    to[at++] = (uint8_t) (0x80 | bytes);
  } else if (bytes < 65536) {
    to[at++] = 0x80 | 126;
    to[at++] = (uint8_t) (bytes >> 8);
    to[at++] = (uint8_t) bytes;
  } else {
    to[at++] = 0x80 | 127;
    for (int shift = 56; shift >= 0; shift -= 8) to[at++] = (uint8_t) ((uint64_t) bytes >> shift);
  }
  memcpy(to + at, MASK_KEY, sizeof MASK_KEY);
  return at + sizeof MASK_KEY;
}

void make_batch(void) {
  uint8_t *payload = malloc(options.bytes + 1), *frame = malloc(options.bytes + MAX_HEADER_BYTES);
  if (!payload || !frame) die("not enough memory for a message of %zu bytes", options.bytes);
  fill_payload(payload);
  frame_bytes = write_header(frame);
  for (size_t i = 0; i < options.bytes; i++) frame[frame_bytes++] = payload[i] ^ MASK_KEY[i & 3];
  size_t frames = (size_t) options.depth;
  while (frames > 1 && frames * frame_bytes > MAX_BATCH_BYTES) frames /= 2;
  batch_bytes = frames * frame_bytes;
  batch = malloc(batch_bytes);
  if (!batch) die("not enough memory for %zu bytes of frames", batch_bytes);
  for (size_t i = 0; i < frames; i++) memcpy(batch + i * frame_bytes, frame, frame_bytes);
  expected = options.raw ? frame : payload;
  expected_bytes = options.raw ? frame_bytes : options.bytes;
  free(options.raw ? payload : frame);
}
