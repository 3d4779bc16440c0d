// The engine for kernels that forbid io_uring.
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "load.h"

enum { EVENTS = 1024, TURN_MILLIS = 200 };

static int epoll = -1;

static void watch(struct connection *c, int operation, bool sending) {
  struct epoll_event event = {.events = sending ? EPOLLIN | EPOLLOUT : EPOLLIN, .data.ptr = c};
  epoll_ctl(epoll, operation, c->fd, &event);
  c->sending = sending;
}

static void open_epoll(void) {
  if (epoll >= 0) return;
  epoll = epoll_create1(0);
  for (int i = 0; i < options.connections; i++) watch(&connections[i], EPOLL_CTL_ADD, false);
}

void flush_by_epoll(struct connection *c) {
  open_epoll();
  while (c->pending > 0) {
    ssize_t count = send(c->fd, batch + c->offset, next_run(c), MSG_NOSIGNAL);
    if (count < 0) {
      if (errno != EAGAIN) die("cannot send: %s", strerror(errno));
      if (!c->sending) watch(c, EPOLL_CTL_MOD, true);
      return;
    }
    take_sent(c, (size_t) count);
  }
  if (c->sending) watch(c, EPOLL_CTL_MOD, false);
}

static void read_connection(struct connection *c, uint8_t *buffer, uint64_t now) {
  ssize_t count = recv(c->fd, buffer, READ_BYTES, 0);
  if (count < 0 && errno == EAGAIN) return;
  if (count <= 0) die("the server closed a connection: %s", count < 0 ? strerror(errno) : "end of stream");
  answer(c, receive(c, buffer, (size_t) count, now), now);
}

void turn_epoll(void) {
  static uint8_t buffer[READ_BYTES];
  struct epoll_event events[EVENTS];
  open_epoll();
  int count = epoll_wait(epoll, events, EVENTS, TURN_MILLIS);
  for (int i = 0; i < count; i++) {
    struct connection *c = events[i].data.ptr;
    if (events[i].events & EPOLLOUT) flush_by_epoll(c);
    if (events[i].events & ~(uint32_t) EPOLLOUT) read_connection(c, buffer, now_nanos());
  }
}

void run_epoll(void) {
  do {
    turn_epoll();
  } while (!end_turn(now_nanos()));
}
