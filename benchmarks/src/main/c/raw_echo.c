// A TCP echo without any protocol: what the kernel alone costs, below which no server can go.
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 1024, BUFFER_BYTES = 512 * 1024, BACKLOG = 4096 };

struct connection {
  int fd;
  // What the socket did not take; nothing is read before it is gone.
  char *pending;
  size_t pending_bytes;
  size_t pending_sent;
};

static int epoll;
static char buffer[BUFFER_BYTES];

static void watch(struct connection *c, int operation, unsigned what) {
  struct epoll_event event = {.events = what, .data.ptr = c};
  epoll_ctl(epoll, operation, c->fd, &event);
}

static void end(struct connection *c) {
  close(c->fd);
  free(c->pending);
  free(c);
}

static void hold(struct connection *c, const char *bytes, size_t count) {
  c->pending = malloc(count);
  memcpy(c->pending, bytes, count);
  c->pending_bytes = count;
  c->pending_sent = 0;
  watch(c, EPOLL_CTL_MOD, EPOLLOUT);
}

static void send_pending(struct connection *c) {
  ssize_t sent = send(c->fd, c->pending + c->pending_sent, c->pending_bytes - c->pending_sent, MSG_NOSIGNAL);
  if (sent < 0 && errno == EAGAIN) return;
  if (sent < 0) {
    end(c);
    return;
  }
  c->pending_sent += (size_t) sent;
  if (c->pending_sent < c->pending_bytes) return;
  free(c->pending);
  c->pending = NULL;
  watch(c, EPOLL_CTL_MOD, EPOLLIN);
}

static void echo(struct connection *c) {
  ssize_t count = recv(c->fd, buffer, sizeof buffer, 0);
  if (count < 0 && errno == EAGAIN) return;
  if (count <= 0) {
    end(c);
    return;
  }
  ssize_t sent = send(c->fd, buffer, (size_t) count, MSG_NOSIGNAL);
  if (sent < 0) sent = errno == EAGAIN ? 0 : count;
  if (sent < count) hold(c, buffer + sent, (size_t) (count - sent));
}

static void accept_all(int listener) {
  for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
    int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct connection *c = calloc(1, sizeof *c);
    c->fd = fd;
    watch(c, EPOLL_CTL_ADD, EPOLLIN);
  }
}

static int listen_on(int port) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short) port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, (struct sockaddr *) &address, sizeof address) != 0 || listen(listener, BACKLOG) != 0) {
    perror("raw_echo");
    exit(1);
  }
  return listener;
}

int main(int count, char **arguments) {
  if (count != 2) {
    fprintf(stderr, "usage: raw_echo PORT\n");
    return 2;
  }
  epoll = epoll_create1(0);
  struct connection listener = {.fd = listen_on(atoi(arguments[1]))};
  watch(&listener, EPOLL_CTL_ADD, EPOLLIN);
  struct epoll_event events[EVENTS];
  for (;;) {
    int ready = epoll_wait(epoll, events, EVENTS, -1);
    for (int i = 0; i < ready; i++) {
      struct connection *c = events[i].data.ptr;
      if (c == &listener) {
        accept_all(listener.fd);
      } else if (events[i].events & EPOLLOUT) {
        send_pending(c);
      } else {
        echo(c);
      }
    }
  }
}
