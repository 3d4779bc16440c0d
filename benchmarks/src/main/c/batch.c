// The messages that go out: made once, framed once, and sent again and again.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chat.h"
#include "deflate.h"
#include "load.h"

// STRIDE, an odd number, leads each connection to a first message of its own as long as there are enough.
enum { MAX_BATCH_BYTES = 4 << 20, MAX_MESSAGES = 256, MIN_MESSAGES = 64, STRIDE = 37 };

static const uint8_t MASK_KEY[4] = {0x37, 0xfa, 0x21, 0x3d};

uint8_t *batch;
size_t batch_bytes;
struct message outgoing[MAX_MESSAGES];
size_t message_count = 1;

static void *allocate(size_t bytes) {
  void *memory = malloc(bytes);
  if (!memory) die("not enough memory for %zu bytes of messages", bytes);
  return memory;
}

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

static size_t write_header(uint8_t *to, size_t bytes) {
  size_t at = 0;
  to[at++] = (uint8_t) ((options.binary ? 0x82 : 0x81) | (options.deflate ? COMPRESSED : 0));
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

// Returns the length of the frame.
static size_t append_frame(const uint8_t *payload, size_t bytes) {
  uint8_t *frame = batch + batch_bytes;
  size_t at = write_header(frame, bytes);
  for (size_t i = 0; i < bytes; i++) frame[at + i] = payload[i] ^ MASK_KEY[i & 3];
  batch_bytes += at + bytes;
  return at + bytes;
}

// One message, framed as often as one send may want it.
static void make_equal_frames(void) {
  uint8_t *payload = allocate(options.bytes + 1);
  size_t frames = (size_t) options.depth, room = options.bytes + MAX_HEADER_BYTES;
  while (frames > 1 && frames * room > MAX_BATCH_BYTES) frames /= 2;
  batch = allocate(frames * room);
  fill_payload(payload);
  message_count = 1;
  outgoing[0] = (struct message) {.content = payload, .bytes = options.bytes};
  for (size_t i = 0; i < frames; i++) outgoing[0].frame_bytes = append_frame(payload, options.bytes);
  if (options.raw) {
    outgoing[0].content = batch;
    outgoing[0].bytes = outgoing[0].frame_bytes;
  }
}

static void make_compressed_frames(void) {
  message_count = MAX_MESSAGES;
  while (message_count > MIN_MESSAGES && message_count * options.bytes > MAX_BATCH_BYTES) message_count /= 2;
  size_t room = max_compressed_bytes(options.bytes);
  uint8_t *compressed = allocate(room);
  batch = allocate(message_count * (room + MAX_HEADER_BYTES));
  for (size_t i = 0; i < message_count; i++) {
    uint8_t *content = allocate(options.bytes);
    write_chat(content, options.bytes, i);
    outgoing[i] = (struct message) {.content = content, .bytes = options.bytes, .frame_at = batch_bytes};
    outgoing[i].frame_bytes = append_frame(compressed, compress_message(content, options.bytes, compressed, room));
  }
  free(compressed);
}

void make_batch(void) {
  if (options.deflate) {
    make_compressed_frames();
  } else {
    make_equal_frames();
  }
  for (int i = 0; i < options.connections; i++) {
    struct connection *c = &connections[i];
    // What one of them broadcasts, all of them get.
    c->first = options.mode == BROADCAST ? 0 : (uint64_t) i * STRIDE;
    c->queued = c->first;
    c->offset = outgoing[c->first % message_count].frame_at;
  }
}
