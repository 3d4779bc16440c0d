// The frames that come in, taken apart and compared with what was sent.
#include <string.h>
#include <unistd.h>

#include "load.h"

enum { ALWAYS_VERIFIED_BYTES = 1024, VERIFIED_OF_BIG = 16 };

static const uint8_t EMPTY_PONG[6] = {0x8a, 0x80, 0x37, 0xfa, 0x21, 0x3d};

static bool is_verified(const struct connection *c) {
  return expected_bytes <= ALWAYS_VERIFIED_BYTES || c->received % VERIFIED_OF_BIG == 0;
}

static void receive_content(struct connection *c, const uint8_t *bytes, size_t count) {
  if (c->message_bytes + count > expected_bytes) {
    count_error("message of at least %llu bytes, expected %zu", (unsigned long long) (c->message_bytes + count),
                expected_bytes);
  } else if (is_verified(c) && memcmp(expected + c->message_bytes, bytes, count) != 0) {
    count_error("message differs from what was sent");
  }
  c->message_bytes += count;
}

static void end_message(struct connection *c, uint64_t now) {
  if (c->message_bytes != expected_bytes) {
    count_error("message of %llu bytes, expected %zu", (unsigned long long) c->message_bytes, expected_bytes);
  }
  c->message_bytes = 0;
  received_message(c, now);
  c->received++;
}

static int receive_raw(struct connection *c, const uint8_t *bytes, size_t count, uint64_t now) {
  int completed = 0;
  while (count > 0) {
    size_t left = expected_bytes - c->message_bytes, taken = count < left ? count : left;
    receive_content(c, bytes, taken);
    bytes += taken;
    count -= taken;
    if (c->message_bytes == expected_bytes) {
      end_message(c, now);
      completed++;
    }
  }
  return completed;
}

static int header_bytes_of(const uint8_t *header) {
  int length = header[1] & 0x7f;
  return length < 126 ? 2 : length == 126 ? 4 : 10;
}

static void begin_payload(struct connection *c) {
  const uint8_t *header = c->header;
  int opcode = header[0] & 0x0f;
  if (header[1] & 0x80) die("the server sent a masked frame");
  if (header[0] & 0x70) die("the server sent a frame with reserved bits");
  if (opcode == 8) die("the server sent a Close frame");
  if (opcode < 8 && opcode != (c->message_bytes > 0 ? 0 : options.binary ? 2 : 1)) {
    count_error("frame with opcode %d", opcode);
  }
  uint64_t length = header[1];
  if (length >= 126) {
    length = 0;
    for (int i = 2; i < c->header_bytes; i++) length = length << 8 | header[i];
  }
  c->payload_left = length;
  c->in_payload = true;
}

// Returns whether the frame ends a message.
static bool end_frame(struct connection *c, uint64_t now) {
  c->header_bytes = 0;
  c->in_payload = false;
  int opcode = c->header[0] & 0x0f;
  if (opcode == 9 && c->pending == 0 && write(c->fd, EMPTY_PONG, sizeof EMPTY_PONG) < 0) die("cannot send a Pong");
  if (opcode >= 8 || !(c->header[0] & 0x80)) return false;
  end_message(c, now);
  return true;
}

int receive(struct connection *c, const uint8_t *bytes, size_t count, uint64_t now) {
  if (options.raw) return receive_raw(c, bytes, count, now);
  int completed = 0;
  const uint8_t *end = bytes + count;
  while (bytes < end) {
    while (!c->in_payload && bytes < end) {
      c->header[c->header_bytes++] = *bytes++;
      if (c->header_bytes >= 2 && c->header_bytes == header_bytes_of(c->header)) begin_payload(c);
    }
    if (!c->in_payload) break;
    size_t taken = (size_t) (end - bytes) < c->payload_left ? (size_t) (end - bytes) : c->payload_left;
    bool is_control = (c->header[0] & 0x0f) >= 8;
    if (!is_control) receive_content(c, bytes, taken);
    bytes += taken;
    c->payload_left -= taken;
    if (c->payload_left == 0) completed += end_frame(c, now);
  }
  return completed;
}
