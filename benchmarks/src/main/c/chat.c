// Messages of a chat, made by code: JSON in which names, times and words vary as they do between people.
#include "chat.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MAX_RECORD_BYTES = 320 };

// The commoner ones first.
static const char *const WORDS[] = {
    "the", "a", "to", "and", "is", "in", "you", "that", "it", "for", "on", "we", "with", "this", "not", "have", "are",
    "can", "time", "people", "day", "work", "house", "water", "morning", "friend", "story", "letter", "road", "train",
    "question", "street", "window", "answer", "market", "river", "teacher", "garden", "summer", "winter", "evening",
    "bridge", "table", "doctor", "kitchen", "mountain", "station", "library", "engine", "ticket", "neighbour",
    "meeting", "forest", "island", "journey", "promise", "weather", "corner", "newspaper", "railway", "bicycle",
    "umbrella", "festival", "keyboard", "hospital", "envelope", "passenger", "remembered", "carried", "followed",
    "opened", "crossed", "repaired", "borrowed", "counted", "explained", "gathered", "painted", "returned",
    "delivered", "measured", "strange", "heavy", "narrow", "bright", "empty", "patient", "gentle", "wooden", "honest",
    "crowded", "ancient", "generous", "stubborn", "cheerful", "dusty", "magnificent", "reluctant"};
enum { WORD_COUNT = sizeof WORDS / sizeof *WORDS };

// splitmix64
static uint64_t next_random(uint64_t *state) {
  uint64_t z = *state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

static const char *word(uint64_t *state) {
  // Squared, the first words come more often, as in any language.
  uint64_t place = next_random(state) % 1000;
  return WORDS[place * place * WORD_COUNT / 1000000];
}

static size_t write_text(char *to, size_t room, int words, uint64_t *state) {
  size_t at = 0;
  for (int i = 0; i < words && at < room; i++) {
    at += (size_t) snprintf(to + at, room - at, "%s%s", i > 0 ? " " : "", word(state));
  }
  return at < room ? at : room - 1;
}

static size_t write_record(char *to, uint64_t *state) {
  char text[160];
  write_text(text, sizeof text, 4 + (int) (next_random(state) % 14), state);
  uint64_t id = next_random(state), other = next_random(state);
  return (size_t) snprintf(
      to, MAX_RECORD_BYTES,
      "{\"type\":\"message\",\"room\":%u,\"id\":\"%016" PRIx64 "\",\"user\":\"%s%u\",\"text\":\"%s\","
      "\"at\":%" PRIu64 "},",
      (unsigned) (other % 900), id, word(state), (unsigned) (other >> 20) % 99, text,
      1770000000000u + (other >> 32) % 10000000000u);
}

void write_chat(uint8_t *to, size_t bytes, uint64_t seed) {
  char record[MAX_RECORD_BYTES];
  size_t at = 0;
  uint64_t state = seed;
  to[at++] = '[';
  while (bytes - at > MAX_RECORD_BYTES) {
    size_t count = write_record(record, &state);
    memcpy(to + at, record, count);
    at += count;
  }
  // The rest is filled up by words, so that the length is right and the JSON whole.
  to[at++] = '"';
  size_t end = bytes - 2;
  while (at < end) {
    size_t count = write_text(record, sizeof record, 1, &state);
    record[count++] = ' ';
    if (count > end - at) count = end - at;
    memcpy(to + at, record, count);
    at += count;
  }
  memcpy(to + at, "\"]", 2);
}
