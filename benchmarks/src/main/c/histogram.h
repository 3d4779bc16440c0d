// Latencies, counted in buckets that are at most 1.6 % wide.
#pragma once

#include <stdint.h>

enum { SUB_BITS = 6, SUB_BUCKETS = 1 << SUB_BITS };

struct histogram {
  uint64_t counts[64 * SUB_BUCKETS];
  uint64_t total;
};

static inline void histogram_add(struct histogram *h, uint64_t nanos) {
  int bucket;
  if (nanos < SUB_BUCKETS) {
    bucket = (int) nanos;
  } else {
    int exponent = 63 - __builtin_clzll(nanos);
    bucket = ((exponent - SUB_BITS + 1) << SUB_BITS) + (int) ((nanos >> (exponent - SUB_BITS)) & (SUB_BUCKETS - 1));
  }
  h->counts[bucket]++;
  h->total++;
}

// The middle of the bucket in which a share of all latencies is reached, in microseconds.
static inline double histogram_micros(const struct histogram *h, double share) {
  uint64_t needed = (uint64_t) ((double) h->total * share), seen = 0;
  for (int bucket = 0; bucket < 64 * SUB_BUCKETS; bucket++) {
    seen += h->counts[bucket];
    if (seen <= needed) continue;
    if (bucket < SUB_BUCKETS) return bucket / 1000.0;
    int exponent = (bucket >> SUB_BITS) + SUB_BITS - 1;
    uint64_t low = (1ull << exponent) + ((uint64_t) (bucket & (SUB_BUCKETS - 1)) << (exponent - SUB_BITS));
    return (double) (low + (1ull << (exponent - SUB_BITS)) / 2) / 1000.0;
  }
  return 0;
}
