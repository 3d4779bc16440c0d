// The frames that come in, taken apart and compared with what was sent.
#include <string.h>
#include <unistd.h>

#include "deflate.h"
#include "load.h"

enum { ALWAYS_VERIFIED_BYTES = 1024, VERIFIED_OF_BIG = 16 };

static const uint8_t EMPTY_PONG[6] = {0x8a, 0x80, 0x37, 0xfa, 0x21, 0x3d};

static const struct message *expected_by(const struct connection *c) {
  return message_at(c->first + c->received);
}

static bool is_verified(const struct connection *c, const struct message *expected) {
  return expected->bytes <= ALWAYS_VERIFIED_BYTES || c->received % VERIFIED_OF_BIG == 0;
}

void receive_content(struct connection *c, const uint8_t *bytes, size_t count) {
  const struct message *expected = expected_by(c);
  if (c->message_bytes + count > expected->bytes) {
    count_error("message of at least %llu bytes, expected %zu", (unsigned long long) (c->message_bytes + count),
                expected->bytes);
  } else if (is_verified(c, expected) && memcmp(expected->content + c->message_bytes, bytes, count) != 0) {
    count_error("message differs from what was sent");
  }
  c->message_bytes += count;
}

static void end_message(struct connection *c, uint64_t now) {
  size_t expected_bytes = expected_by(c)->bytes;
  if (c->message_bytes != expected_bytes) {
    count_error("message of %llu bytes, expected %zu", (unsigned long long) c->message_bytes, expected_bytes);
  }
  c->message_bytes = 0;
  received_message(c, now);
  c->received++;
}

static int receive_raw(struct connection *c, const uint8_t *bytes, size_t count, uint64_t now) {
  int completed = 0;
  size_t expected_bytes = expected_by(c)->bytes;
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
  bool begins = opcode == 1 || opcode == 2;
  if (header[0] & (c->inflater && begins ? 0x70 & ~COMPRESSED : 0x70)) {
    die("the server sent a frame with reserved bits");
  }
  if (opcode == 8) die("the server sent a Close frame");
  if (opcode < 8 && opcode != (c->in_message ? 0 : options.binary ? 2 : 1)) count_error("frame with opcode %d", opcode);
  if (begins) c->compressed = header[0] & COMPRESSED;
  uint64_t length = header[1];
  if (length >= 126) {
    length = 0;
    for (int i = 2; i < c->header_bytes; i++) length = length << 8 | header[i];
  }
  if (opcode < 8) answer_bytes += length;
  c->payload_left = length;
  c->in_payload = true;
}

// Returns whether the frame ends a message.
static bool end_frame(struct connection *c, uint64_t now) {
  c->header_bytes = 0;
  c->in_payload = false;
  int opcode = c->header[0] & 0x0f;
  if (opcode == 9 && c->pending == 0 && write(c->fd, EMPTY_PONG, sizeof EMPTY_PONG) < 0) die("cannot send a Pong");
  if (opcode >= 8) return false;
  c->in_message = !(c->header[0] & 0x80);
  if (c->in_message) return false;
  if (c->compressed) {
    end_compressed(c);
  } else {
    plain_answers++;
  }
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
    if (is_control) {
      // Only its end counts.
    } else if (c->compressed) {
      receive_compressed(c, bytes, taken);
    } else {
      receive_content(c, bytes, taken);
    }
    bytes += taken;
    c->payload_left -= taken;
    if (c->payload_left == 0) completed += end_frame(c, now);
  }
  return completed;
}
