// The engine that costs least: multishot receives into a ring of buffers, one system call a turn.
#define _GNU_SOURCE
#include <errno.h>
#include <liburing.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "load.h"

enum { SUBMISSIONS = 8192, COMPLETIONS = 65536, BUFFER_GROUP = 0, SMALL_BYTES = 4096, RECEIVE = 0, SEND = 1 };

static struct io_uring ring;
static struct io_uring_buf_ring *buffer_ring;
static uint8_t *buffers;
static size_t buffer_bytes;
static unsigned buffer_count;

static uint64_t tag(const struct connection *c, unsigned operation) {
  return (uint64_t) (c - connections) << 1 | operation;
}

static struct io_uring_sqe *next_submission(void) {
  struct io_uring_sqe *submission = io_uring_get_sqe(&ring);
  while (!submission) {
    io_uring_submit(&ring);
    submission = io_uring_get_sqe(&ring);
  }
  return submission;
}

static void start_receiving(const struct connection *c) {
  struct io_uring_sqe *submission = next_submission();
  io_uring_prep_recv_multishot(submission, c->fd, NULL, 0, 0);
  submission->flags |= IOSQE_BUFFER_SELECT;
  submission->buf_group = BUFFER_GROUP;
  io_uring_sqe_set_data64(submission, tag(c, RECEIVE));
}

static bool open_buffers(void) {
  bool small = options.bytes <= SMALL_BYTES;
  buffer_bytes = small ? SMALL_BYTES : 128 * 1024;
  buffer_count = small ? 4096 : 64;
  void *memory = mmap(NULL, buffer_count * sizeof(struct io_uring_buf), PROT_READ | PROT_WRITE,
                      MAP_ANONYMOUS | MAP_PRIVATE, -1, 0);
  if (memory == MAP_FAILED) return false;
  buffer_ring = memory;
  struct io_uring_buf_reg registration = {
      .ring_addr = (uint64_t) (uintptr_t) memory, .ring_entries = buffer_count, .bgid = BUFFER_GROUP};
  if (io_uring_register_buf_ring(&ring, &registration, 0) != 0) return false;
  io_uring_buf_ring_init(buffer_ring);
  buffers = calloc(buffer_count, buffer_bytes);
  if (!buffers) return false;
  for (unsigned i = 0; i < buffer_count; i++) {
    io_uring_buf_ring_add(buffer_ring, buffers + i * buffer_bytes, (unsigned) buffer_bytes, (unsigned short) i,
                          (int) buffer_count - 1, (int) i);
  }
  io_uring_buf_ring_advance(buffer_ring, (int) buffer_count);
  return true;
}

bool open_uring(void) {
  struct io_uring_params parameters = {
      .flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_CQSIZE,
      .cq_entries = COMPLETIONS};
  if (io_uring_queue_init_params(SUBMISSIONS, &ring, &parameters) < 0) return false;
  if (open_buffers()) return true;
  io_uring_queue_exit(&ring);
  return false;
}

void flush_by_uring(struct connection *c) {
  if (c->sending || c->pending == 0) return;
  struct io_uring_sqe *submission = next_submission();
  io_uring_prep_send(submission, c->fd, batch + c->offset, next_run(c), MSG_WAITALL | MSG_NOSIGNAL);
  io_uring_sqe_set_data64(submission, tag(c, SEND));
  c->sending = true;
}

static void complete_send(struct connection *c, int result) {
  if (result < 0) die("cannot send: %s", strerror(-result));
  c->sending = false;
  take_sent(c, (size_t) result);
  flush_by_uring(c);
}

// Returns whether a buffer was used and given back.
static bool complete_receive(struct connection *c, const struct io_uring_cqe *completion, int returned, uint64_t now) {
  int result = completion->res;
  if (result <= 0 && result != -ENOBUFS) {
    die("the server closed a connection: %s", result < 0 ? strerror(-result) : "end of stream");
  }
  if (!(completion->flags & IORING_CQE_F_MORE)) start_receiving(c);
  if (result == -ENOBUFS) return false;
  unsigned id = completion->flags >> IORING_CQE_BUFFER_SHIFT;
  uint8_t *bytes = buffers + id * buffer_bytes;
  answer(c, receive(c, bytes, (size_t) result, now), now);
  io_uring_buf_ring_add(buffer_ring, bytes, (unsigned) buffer_bytes, (unsigned short) id, (int) buffer_count - 1,
                        returned);
  return true;
}

static void take_completions(uint64_t now) {
  struct io_uring_cqe *completion;
  unsigned head, count = 0;
  int returned = 0;
  io_uring_for_each_cqe(&ring, head, completion) {
    count++;
    struct connection *c = &connections[completion->user_data >> 1];
    if ((completion->user_data & 1) == SEND) {
      complete_send(c, completion->res);
    } else {
      returned += complete_receive(c, completion, returned, now);
    }
  }
  io_uring_buf_ring_advance(buffer_ring, returned);
  io_uring_cq_advance(&ring, count);
}

void run_uring(void) {
  for (int i = 0; i < options.connections; i++) start_receiving(&connections[i]);
  struct __kernel_timespec turn = {.tv_nsec = 200 * 1000 * 1000};
  uint64_t now;
  do {
    struct io_uring_cqe *first;
    int result = io_uring_submit_and_wait_timeout(&ring, &first, 1, &turn, NULL);
    if (result < 0 && result != -ETIME && result != -EINTR) die("io_uring failed: %s", strerror(-result));
    now = now_nanos();
    take_completions(now);
  } while (!end_turn(now));
}
