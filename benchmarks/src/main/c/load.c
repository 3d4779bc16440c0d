// The options, and the four things that the load generator does: echoes, a broadcast, idling, connecting again and again.
#include "load.h"

#include <getopt.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "chat.h"

static const char *const USAGE =
    "usage: load --port PORT [--mode echo|broadcast|idle|accept] [--path /] [--connections 50] [--depth 1]\n"
    "            [--bytes 20] [--binary] [--raw | --deflate] [--engine io_uring|epoll] [--warmup 2] [--seconds 4]\n"
    "            [--server PID]\n"
    "Prints one line of results; 'idle' prints 'ready' and holds its connections until its standard input ends.\n";

struct options options = {
    .path = "/", .connections = 50, .depth = 1, .bytes = 20, .uring = true, .warmup_seconds = 2, .seconds = 4};
struct connection *connections;

void die(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fprintf(stderr, "load: ");
  vfprintf(stderr, format, arguments);
  fprintf(stderr, "\n");
  exit(1);
}

uint64_t now_nanos(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t) time.tv_sec * 1000000000u + (uint64_t) time.tv_nsec;
}

static void usage(void) {
  fputs(USAGE, stderr);
  exit(2);
}

static enum mode mode_of(const char *name) {
  static const char *const NAMES[] = {"echo", "broadcast", "idle", "accept"};
  for (int mode = ECHO; mode <= ACCEPT; mode++) {
    if (strcmp(name, NAMES[mode]) == 0) return (enum mode) mode;
  }
  usage();
  return ECHO;
}

static void read_options(int count, char **arguments) {
  static const struct option LONG[] = {
      {"mode", 1, 0, 'm'},  {"port", 1, 0, 'P'},   {"path", 1, 0, 'u'},   {"connections", 1, 0, 'c'},
      {"depth", 1, 0, 'p'}, {"bytes", 1, 0, 's'},  {"binary", 0, 0, 'b'}, {"raw", 0, 0, 'r'},
      {"deflate", 0, 0, 'z'}, {"engine", 1, 0, 'e'}, {"warmup", 1, 0, 'w'}, {"seconds", 1, 0, 'd'},
      {"server", 1, 0, 'S'}, {0, 0, 0, 0}};
  for (int option; (option = getopt_long(count, arguments, "", LONG, NULL)) != -1;) {
    switch (option) {
      case 'm': options.mode = mode_of(optarg); break;
      case 'P': options.port = atoi(optarg); break;
      case 'u': options.path = optarg; break;
      case 'c': options.connections = atoi(optarg); break;
      case 'p': options.depth = atoi(optarg); break;
      case 's': options.bytes = (size_t) atol(optarg); break;
      case 'b': options.binary = true; break;
      case 'r': options.raw = true; break;
      case 'z': options.deflate = true; break;
      case 'e': options.uring = strcmp(optarg, "io_uring") == 0; break;
      case 'w': options.warmup_seconds = atof(optarg); break;
      case 'd': options.seconds = atof(optarg); break;
      case 'S': options.server = atoi(optarg); break;
      default: usage();
    }
  }
  if (options.port < 1 || options.connections < 1 || options.depth < 1 || optind < count) usage();
  if (options.deflate && (options.raw || options.bytes < MIN_CHAT_BYTES)) usage();
}

static void wait_millis(long millis) {
  struct timespec pause = {.tv_sec = millis / 1000, .tv_nsec = millis % 1000 * 1000000};
  nanosleep(&pause, NULL);
}

static void measure_traffic(void) {
  if (options.uring) options.uring = open_uring();
  connect_all();
  make_batch();
  start_traffic(now_nanos());
  if (options.uring) {
    run_uring();
  } else {
    run_epoll();
  }
  print_result();
  reset_all();
}

// One message each shows that the connections live; then they are left alone, but for their Pings.
static void idle(void) {
  options.uring = false;
  connect_all();
  make_batch();
  for (int i = 0; i < options.connections; i++) {
    queue_messages(&connections[i], 1);
    flush_connection(&connections[i]);
  }
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  uint64_t started = now_nanos();
  bool told = false;
  do {
    turn_epoll();
    if (!told && now_nanos() - started > 10000000000u) die("no echo for 10 seconds");
    if (!told && messages >= (uint64_t) options.connections) {
      told = true;
      printf("ready errors=%llu\n", (unsigned long long) errors);
      fflush(stdout);
    }
  } while (poll(&input, 1, 0) == 0);
  reset_all();
}

// The first time, told apart, shows a cold server.
static void connect_again_and_again(void) {
  options.uring = false;
  uint64_t started = now_nanos();
  for (int pass = 0;; pass++) {
    uint64_t begun = now_nanos();
    bool measured = (double) (begun - started) / 1e9 >= options.warmup_seconds;
    if (measured) begin_measurement(begun);
    connect_all();
    messages += (uint64_t) options.connections;
    uint64_t ended = now_nanos();
    if (measured) end_measurement(ended);
    if (pass == 0) printf("first millis=%.1f\n", (double) (ended - begun) / 1e6);
    reset_all();
    if ((double) (ended - started) / 1e9 >= options.warmup_seconds + options.seconds && measured) break;
    // The server cleans up meanwhile, which is not its accepting.
    wait_millis(300);
  }
  print_result();
}

int main(int count, char **arguments) {
  read_options(count, arguments);
  connections = calloc((size_t) options.connections, sizeof *connections);
  switch (options.mode) {
    case ECHO:
    case BROADCAST: measure_traffic(); break;
    case IDLE: idle(); break;
    case ACCEPT: connect_again_and_again(); break;
  }
  return 0;
}
