// Opening connections, and ending them.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "deflate.h"
#include "load.h"

// As many handshakes at a time as a busy server gets; more would only overflow its backlog.
enum { HANDSHAKES_AT_ONCE = 40, RESPONSE_BYTES = 4096, EVENTS = 256, PATIENCE_MILLIS = 10000 };

static int epoll;
static int opened;

static void ask(struct connection *c) {
  char request[512];
  int length = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s\r\n",
                        options.path, options.port, options.deflate ? DEFLATE_OFFER : "");
  if (write(c->fd, request, (size_t) length) != length) die("cannot send a handshake: %s", strerror(errno));
  c->response = malloc(RESPONSE_BYTES + 1);
  c->response_bytes = 0;
}

static void finish(struct connection *c) {
  c->open = true;
  opened++;
  record_latency(now_nanos() - c->began_at);
  epoll_ctl(epoll, EPOLL_CTL_DEL, c->fd, NULL);
}

static void read_response(struct connection *c) {
  ssize_t count = read(c->fd, c->response + c->response_bytes, (size_t) (RESPONSE_BYTES - c->response_bytes));
  if (count <= 0) die("the server closed the connection during the handshake");
  c->response_bytes += (int) count;
  c->response[c->response_bytes] = 0;
  const char *end = strstr(c->response, "\r\n\r\n");
  if (!end) {
    if (c->response_bytes == RESPONSE_BYTES) die("the response to the handshake is too long");
    return;
  }
  // RFC 6455 §1.3: the answer to the key of its own example
  if (strncmp(c->response, "HTTP/1.1 101", 12) != 0 || !strstr(c->response, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")) {
    die("the server refused the handshake: %.*s", (int) strcspn(c->response, "\r"), c->response);
  }
  if (options.deflate) agree_on_deflate(c, c->response);
  finish(c);
  size_t used = (size_t) (end + 4 - c->response);
  receive(c, (const uint8_t *) c->response + used, (size_t) c->response_bytes - used, now_nanos());
  free(c->response);
  c->response = NULL;
}

static void advance(struct connection *c) {
  if (c->response) {
    read_response(c);
    return;
  }
  int error = 0;
  socklen_t length = sizeof error;
  getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &length);
  if (error) die("cannot connect: %s", strerror(error));
  if (options.raw) {
    finish(c);
    return;
  }
  ask(c);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
  epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &event);
}

static void begin(struct connection *c, const struct sockaddr_in *address) {
  int one = 1;
  uint64_t *sent_at = c->sent_at;
  memset(c, 0, sizeof *c);
  c->sent_at = sent_at ? sent_at : calloc((size_t) options.depth, sizeof *sent_at);
  c->began_at = now_nanos();
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (c->fd < 0) die("cannot open a socket: %s", strerror(errno));
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(c->fd, (const struct sockaddr *) address, sizeof *address) < 0 && errno != EINPROGRESS) {
    die("cannot connect: %s", strerror(errno));
  }
  struct epoll_event event = {.events = EPOLLOUT, .data.ptr = c};
  epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event);
}

void connect_all(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t) options.port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  struct epoll_event events[EVENTS];
  epoll = epoll_create1(0);
  opened = 0;
  for (int begun = 0; opened < options.connections;) {
    while (begun < options.connections && begun - opened < HANDSHAKES_AT_ONCE) begin(&connections[begun++], &address);
    int count = epoll_wait(epoll, events, EVENTS, PATIENCE_MILLIS);
    if (count == 0) die("no answer to a handshake for 10 seconds; %d of %d are done", opened, options.connections);
    for (int i = 0; i < count; i++) advance(events[i].data.ptr);
  }
  close(epoll);
}

void reset_all(void) {
  struct linger at_once = {.l_onoff = 1, .l_linger = 0};
  for (int i = 0; i < options.connections; i++) {
    setsockopt(connections[i].fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(connections[i].fd);
    forget_agreement(&connections[i]);
  }
}
