package dev.priz.benchmarks;

import java.util.Locale;

/** A figure that is measured, with how it is printed. */
enum Metric {
  /** Echoes, deliveries or handshakes a second. */
  RATE("per second", 0),
  /** Of the server, user and system together, for each message, delivery or handshake. */
  CPU_MICROS("CPU µs", 3),
  USER_MICROS("user µs", 3),
  SYSTEM_MICROS("system µs", 3),
  P50_MICROS("p50 µs", 0),
  P99_MICROS("p99 µs", 0),
  P999_MICROS("p99.9 µs", 0),
  /** Until all connections were open, on average. */
  ALL_OPEN_MILLIS("all open ms", 0),
  /** The same for the first time after the server's start. */
  FIRST_OPEN_MILLIS("first time ms", 0),
  /** Live heap and direct memory, for each idle connection. */
  HELD_KIB("heap+direct KiB", 2),
  HEAP_KIB("heap KiB", 2),
  DIRECT_KIB("direct KiB", 2),
  RESIDENT_KIB("resident KiB", 2),
  /** The length of an answer as it came, and how many of them came uncompressed. */
  ANSWER_BYTES("answer B", 0),
  PLAIN_PERCENT("uncompressed %", 1),
  /** How busy the server's core was with it, and the load's with that. */
  SERVER_PERCENT("server %", 0),
  LOAD_PERCENT("load %", 0),
  /** Processor time of neither server nor load, in percent of one core. */
  OTHERS_PERCENT("others %", 0);

  private final String title;
  private final int decimals;

  Metric(String title, int decimals) {
    this.title = title;
    this.decimals = decimals;
  }

  /** The head of its column. */
  String title() {
    return title;
  }

  /** The name of its column in the CSV file. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A value for people to read: with few digits where it is big. */
  String format(double value) {
    int digits =
        value >= 1_000
            ? 0
            : value >= 100 ? Math.min(decimals, 1) : value >= 10 ? Math.min(decimals, 2) : decimals;
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }
}
