// A load generator for WebSocket servers: one thread, one batch of frames made once, no work that a server could
// mistake for a slow peer. What its parts share.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// COMPRESSED is RSV1 in the first byte of a frame (RFC 7692 §6).
enum { MAX_HEADER_BYTES = 14, READ_BYTES = 256 * 1024, COMPRESSED = 0x40 };

enum mode { ECHO, BROADCAST, IDLE, ACCEPT };

struct options {
  enum mode mode;
  int port;
  const char *path;
  int connections;
  int depth;          // messages under way: for each connection, or in all when broadcasting
  size_t bytes;       // of a message's payload
  bool binary;
  bool raw;           // a plain TCP echo: no handshake, and whole frames come back as they are
  bool deflate;       // messages that differ from one another, compressed both ways
  bool uring;         // asked for, and false again where the kernel forbids it
  double warmup_seconds;
  double seconds;
  int server;         // the process whose processor time is measured
};

struct message {
  const uint8_t *content;  // what has to come back
  size_t bytes;
  size_t frame_at;         // in the batch; the first, if the batch has several of it
  size_t frame_bytes;
};

struct connection {
  int fd;
  bool open;          // the handshake is done
  // What is sent: bytes of the batch, which goes round and round.
  size_t pending;
  size_t offset;
  uint64_t first;     // the message that it began with; the others follow
  uint64_t queued;    // the message that is to be sent next
  bool sending;       // waits for room in the socket, or for the kernel to report a send
  // What is received: the frame under way, and how much of its message there was before.
  uint8_t header[MAX_HEADER_BYTES];
  int header_bytes;
  bool in_payload;
  bool in_message;    // between its frames
  bool compressed;
  struct inflater *inflater;  // where compression was agreed on
  uint64_t payload_left;
  uint64_t message_bytes;
  uint64_t received;  // messages
  uint64_t sent;      // messages
  uint64_t *sent_at;  // when, for the last `depth` of them
  uint64_t began_at;  // the handshake
  char *response;
  int response_bytes;
};

extern struct options options;
extern struct connection *connections;

// main.c
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));
uint64_t now_nanos(void);

// batch.c
extern uint8_t *batch;
extern size_t batch_bytes;
// In the order in which their frames are in the batch; their number is a power of two.
extern struct message outgoing[];
extern size_t message_count;
// Called once all connections are open, because what they agreed on decides what is sent.
void make_batch(void);

static inline const struct message *message_at(uint64_t place) {
  return &outgoing[place & (message_count - 1)];
}

// Makes the connection's next messages pending.
static inline void queue_messages(struct connection *c, int count) {
  for (int i = 0; i < count; i++) c->pending += message_at(c->queued++)->frame_bytes;
}

// How much of what is pending lies in one piece.
static inline size_t next_run(const struct connection *c) {
  size_t left = batch_bytes - c->offset;
  return left < c->pending ? left : c->pending;
}

// Takes away what the kernel has taken.
static inline void take_sent(struct connection *c, size_t count) {
  c->pending -= count;
  c->offset = (c->offset + count) % batch_bytes;
  // Where nothing is pending, a frame ends, and all are equal: from the start, most are in one piece.
  if (c->pending == 0 && message_count == 1) c->offset = 0;
}

// frames.c
// Takes a part of a message and compares it with what was sent.
void receive_content(struct connection *c, const uint8_t *bytes, size_t count);
// Takes bytes that a connection received; returns how many messages they completed.
int receive(struct connection *c, const uint8_t *bytes, size_t count, uint64_t now);

// connect.c
// Opens all connections, a few at a time.
void connect_all(void);
// Ends all connections at once, without TCP's long goodbye.
void reset_all(void);

// traffic.c
extern uint64_t messages, errors;
// Answers that came uncompressed, and what all of them took on the wire, without their headers.
extern uint64_t plain_answers, answer_bytes;
void count_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void start_traffic(uint64_t now);
// Takes a complete message of a connection.
void received_message(struct connection *c, uint64_t now);
// Sends what is due after a connection received so many messages.
void answer(struct connection *c, int count, uint64_t now);
// Called after each turn; sends what is due to all, and returns true once the measurement is over.
bool end_turn(uint64_t now);
// What lies between these two counts, however often they are called.
void begin_measurement(uint64_t now);
void end_measurement(uint64_t now);
void record_latency(uint64_t nanos);
void print_result(void);

// epoll.c, uring.c: each runs until the measurement is over.
void run_epoll(void);
// Deals with what has happened; waits a moment if nothing has.
void turn_epoll(void);
void flush_by_epoll(struct connection *c);
// Returns false where the kernel forbids it.
bool open_uring(void);
void run_uring(void);
void flush_by_uring(struct connection *c);

// Sends what is pending; what the engine cannot send yet, it sends later by itself.
static inline void flush_connection(struct connection *c) {
  if (options.uring) {
    flush_by_uring(c);
  } else {
    flush_by_epoll(c);
  }
}
