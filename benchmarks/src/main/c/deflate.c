#define _GNU_SOURCE
#include "deflate.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { LEVEL = 6, MEMORY_LEVEL = 8, MAX_WINDOW_BITS = 15, INFLATED_BYTES = 16 * 1024, TAIL_BYTES = 4 };

// RFC 7692 §7.2.1: what each message would end with, and does not
static const uint8_t TAIL[TAIL_BYTES] = {0x00, 0x00, 0xff, 0xff};

struct inflater {
  z_stream stream;
  bool takeover;  // messages refer to those before
};

// The frames are made once for all connections, which therefore have to agree on the same.
static int client_window_bits;

static int window_bits(const char *name, const char *value) {
  const char *digits = value && *value == '"' ? value + 1 : value;
  int bits = digits ? atoi(digits) : 0;
  if (bits < 8 || bits > MAX_WINDOW_BITS) die("the server agreed to %s=%s", name, value ? value : "");
  return bits;
}

static void limit_client_window(int bits) {
  // zlib writes no raw stream for a window of 256 bytes.
  if (bits < 9) die("the server wants client_max_window_bits=%d, which zlib cannot do", bits);
  if (client_window_bits != 0 && client_window_bits != bits) {
    die("the server agreed to client_max_window_bits=%d on one connection, and to %d on another", client_window_bits,
        bits);
  }
  client_window_bits = bits;
}

static void take_parameter(struct inflater *inflater, int *client_bits, char *parameter) {
  char *value = strchr(parameter, '=');
  if (value) *value++ = 0;
  if (strcasecmp(parameter, "server_no_context_takeover") == 0) {
    inflater->takeover = false;
  } else if (strcasecmp(parameter, "client_max_window_bits") == 0) {
    *client_bits = window_bits(parameter, value);
  } else if (strcasecmp(parameter, "server_max_window_bits") == 0) {
    // The greatest window is enough for each smaller one.
    window_bits(parameter, value);
  } else if (strcasecmp(parameter, "client_no_context_takeover") != 0) {
    die("the server agreed to something else than permessage-deflate: %s", parameter);
  }
}

void agree_on_deflate(struct connection *c, const char *response) {
  static const char NAME[] = "\r\nSec-WebSocket-Extensions:";
  const char *header = strcasestr(response, NAME);
  if (!header) die("the server did not agree to permessage-deflate");
  header += sizeof NAME - 1;
  char *value = strndup(header, strcspn(header, "\r")), *rest = value;
  const char *extension = strsep(&rest, "; ");
  while (extension && !*extension) extension = strsep(&rest, "; ");
  if (!extension || strcasecmp(extension, "permessage-deflate") != 0) {
    die("the server agreed to something else than permessage-deflate: %s", extension ? extension : "");
  }
  struct inflater *inflater = calloc(1, sizeof *inflater);
  inflater->takeover = true;
  int client_bits = MAX_WINDOW_BITS;
  for (char *parameter; (parameter = strsep(&rest, "; "));) {
    if (*parameter) take_parameter(inflater, &client_bits, parameter);
  }
  free(value);
  limit_client_window(client_bits);
  if (inflateInit2(&inflater->stream, -MAX_WINDOW_BITS) != Z_OK) die("not enough memory for inflating");
  c->inflater = inflater;
}

void forget_agreement(struct connection *c) {
  if (!c->inflater) return;
  inflateEnd(&c->inflater->stream);
  free(c->inflater);
  c->inflater = NULL;
}

size_t max_compressed_bytes(size_t bytes) {
  // zlib's bound is for a stream that ends, not for one that is flushed.
  return compressBound(bytes) + 64;
}

size_t compress_message(const uint8_t *bytes, size_t count, uint8_t *to, size_t room) {
  z_stream stream = {.next_in = (Bytef *) bytes, .avail_in = (uInt) count, .next_out = to, .avail_out = (uInt) room};
  if (deflateInit2(&stream, LEVEL, Z_DEFLATED, -client_window_bits, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK ||
      deflate(&stream, Z_SYNC_FLUSH) != Z_OK || stream.avail_in > 0 || stream.avail_out == 0) {
    die("zlib cannot compress a message of %zu bytes", count);
  }
  size_t length = stream.total_out;
  deflateEnd(&stream);
  if (memcmp(to + length - TAIL_BYTES, TAIL, TAIL_BYTES) != 0) die("zlib did not flush a message");
  return length - TAIL_BYTES;
}

void receive_compressed(struct connection *c, const uint8_t *bytes, size_t count) {
  static uint8_t inflated[INFLATED_BYTES];
  z_stream *stream = &c->inflater->stream;
  stream->next_in = (Bytef *) bytes;
  stream->avail_in = (uInt) count;
  do {
    stream->next_out = inflated;
    stream->avail_out = INFLATED_BYTES;
    int result = inflate(stream, Z_SYNC_FLUSH);
    if (result == Z_STREAM_END) die("the server ended a DEFLATE stream within a connection");
    if (result != Z_OK && result != Z_BUF_ERROR) {
      die("zlib cannot inflate a message: %s", stream->msg ? stream->msg : zError(result));
    }
    receive_content(c, inflated, INFLATED_BYTES - stream->avail_out);
  } while (stream->avail_in > 0 || stream->avail_out == 0);
}

void end_compressed(struct connection *c) {
  receive_compressed(c, TAIL, TAIL_BYTES);
  if (!c->inflater->takeover) inflateReset(&c->inflater->stream);
}
