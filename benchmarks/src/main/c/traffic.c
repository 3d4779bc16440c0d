// What is sent when, and what is measured meanwhile.
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "cpu.h"
#include "histogram.h"
#include "load.h"

enum { MAX_TOLD_ERRORS = 3 };

static const uint64_t SILENCE_NANOS = 10000000000ull;

uint64_t messages;
uint64_t errors;
uint64_t plain_answers;
uint64_t answer_bytes;

static struct histogram latencies;
// A broadcast: what was sent when, and who has not got it yet. All of them end in the order in which they were sent.
static uint64_t broadcasts_sent, broadcasts_done;
static uint64_t *broadcast_sent_at;
static int *broadcast_deliveries;

static enum { WARMING_UP, MEASURING, DONE } phase;
static uint64_t phase_ends_at, last_message_at;

// What was spent, and what it bought, between the beginnings and the ends of measurements.
struct account {
  double server_user, server_system, load, busy, stolen;
  uint64_t nanos, messages, plain_answers, answer_bytes;
};
static struct account spent, before;

void count_error(const char *format, ...) {
  if (errors++ >= MAX_TOLD_ERRORS) return;
  va_list arguments;
  va_start(arguments, format);
  fprintf(stderr, "load: ");
  vfprintf(stderr, format, arguments);
  fprintf(stderr, "\n");
  va_end(arguments);
}

static struct account read_account(uint64_t now) {
  struct account account = {
      .nanos = now, .messages = messages, .plain_answers = plain_answers, .answer_bytes = answer_bytes};
  struct cpu server = cpu_of_process(options.server), load = cpu_of_this_process();
  account.server_user = server.user;
  account.server_system = server.system;
  account.load = load.user + load.system;
  cpu_of_machine(&account.busy, &account.stolen);
  return account;
}

void begin_measurement(uint64_t now) {
  phase = MEASURING;
  phase_ends_at = now + (uint64_t) (options.seconds * 1e9);
  before = read_account(now);
}

void end_measurement(uint64_t now) {
  phase = DONE;
  struct account after = read_account(now);
  spent.server_user += after.server_user - before.server_user;
  spent.server_system += after.server_system - before.server_system;
  spent.load += after.load - before.load;
  spent.busy += after.busy - before.busy;
  spent.stolen += after.stolen - before.stolen;
  spent.nanos += after.nanos - before.nanos;
  spent.messages += after.messages - before.messages;
  spent.plain_answers += after.plain_answers - before.plain_answers;
  spent.answer_bytes += after.answer_bytes - before.answer_bytes;
}

void record_latency(uint64_t nanos) {
  if (phase == MEASURING) histogram_add(&latencies, nanos);
}

static void send_messages(struct connection *c, int count, uint64_t now) {
  if (options.mode == ECHO) {
    for (int i = 0; i < count; i++) c->sent_at[c->sent++ % (uint64_t) options.depth] = now;
  }
  queue_messages(c, count);
  flush_connection(c);
}

static void send_broadcasts(uint64_t now) {
  int count = 0;
  for (; broadcasts_sent - broadcasts_done < (uint64_t) options.depth; broadcasts_sent++, count++) {
    uint64_t slot = broadcasts_sent % (uint64_t) options.depth;
    broadcast_sent_at[slot] = now;
    broadcast_deliveries[slot] = 0;
  }
  if (count > 0) send_messages(&connections[0], count, now);
}

void start_traffic(uint64_t now) {
  phase = WARMING_UP;
  phase_ends_at = now + (uint64_t) (options.warmup_seconds * 1e9);
  last_message_at = now;
  if (options.mode == BROADCAST) {
    broadcast_sent_at = calloc((size_t) options.depth, sizeof *broadcast_sent_at);
    broadcast_deliveries = calloc((size_t) options.depth, sizeof *broadcast_deliveries);
    send_broadcasts(now);
  } else {
    for (int i = 0; i < options.connections; i++) send_messages(&connections[i], options.depth, now);
  }
}

void received_message(struct connection *c, uint64_t now) {
  messages++;
  last_message_at = now;
  if (options.mode != ECHO && options.mode != BROADCAST) return;
  uint64_t slot = c->received % (uint64_t) options.depth;
  uint64_t sent = options.mode == ECHO ? c->sent : broadcasts_sent;
  if (c->received >= sent) {
    count_error("more messages than were sent");
    return;
  }
  uint64_t at = options.mode == ECHO ? c->sent_at[slot] : broadcast_sent_at[slot];
  record_latency(now - at);
  if (options.mode == BROADCAST && ++broadcast_deliveries[slot] == options.connections) broadcasts_done++;
}

void answer(struct connection *c, int count, uint64_t now) {
  if (options.mode == ECHO && count > 0) send_messages(c, count, now);
}

bool end_turn(uint64_t now) {
  if (options.mode == BROADCAST) send_broadcasts(now);
  if (now > last_message_at && now - last_message_at > SILENCE_NANOS) die("no message has come for 10 seconds");
  if (now < phase_ends_at) return false;
  if (phase == WARMING_UP) {
    begin_measurement(now);
  } else if (phase == MEASURING) {
    end_measurement(now);
  }
  return phase == DONE;
}

// What the server made of the agreement.
static void print_compression(void) {
  if (messages > 0 && plain_answers == messages) die("no answer was compressed");
  if (spent.messages == 0) return;
  printf("deflate answer_bytes=%.1f plain=%.6f\n", (double) spent.answer_bytes / (double) spent.messages,
         (double) spent.plain_answers / (double) spent.messages);
}

void print_result(void) {
  if (options.deflate && (options.mode == ECHO || options.mode == BROADCAST)) print_compression();
  printf("result engine=%s seconds=%.4f messages=%" PRIu64 " errors=%" PRIu64
         " server_user=%.4f server_system=%.4f load=%.4f busy=%.4f stolen=%.4f p50=%.1f p99=%.1f p999=%.1f\n",
         options.uring ? "io_uring" : "epoll", (double) spent.nanos / 1e9, spent.messages, errors, spent.server_user,
         spent.server_system, spent.load, spent.busy, spent.stolen, histogram_micros(&latencies, 0.5),
         histogram_micros(&latencies, 0.99), histogram_micros(&latencies, 0.999));
}
