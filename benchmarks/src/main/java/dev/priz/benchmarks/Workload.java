package dev.priz.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * What is done to a server.
 *
 * @param name for the command line and the CSV file
 * @param connections how many are open
 * @param depth messages under way: for each connection, or in all when broadcasting
 * @param bytes in the payload of a message
 */
record Workload(String name, Kind kind, int connections, int depth, int bytes, Content content) {
  /** All of them, in the order in which they run. */
  static final List<Workload> ALL =
      List.of(
          new Workload("echo-50", Kind.ECHO, 50, 1, 20, Content.TEXT),
          new Workload("echo-500", Kind.ECHO, 500, 1, 20, Content.TEXT),
          new Workload("echo-5000", Kind.ECHO, 5_000, 1, 20, Content.TEXT),
          new Workload("pipelined", Kind.ECHO, 50, 16, 20, Content.TEXT),
          new Workload("echo-1k", Kind.ECHO, 50, 1, 1 << 10, Content.BINARY),
          new Workload("echo-16k", Kind.ECHO, 50, 1, 16 << 10, Content.BINARY),
          new Workload("echo-1m", Kind.ECHO, 10, 1, 1 << 20, Content.BINARY),
          new Workload("echo-1k-deflate", Kind.ECHO, 50, 1, 1 << 10, Content.DEFLATED_TEXT),
          new Workload("broadcast", Kind.BROADCAST, 1_000, 1, 64, Content.TEXT),
          new Workload("broadcast-16", Kind.BROADCAST, 1_000, 16, 64, Content.TEXT),
          new Workload("idle", Kind.IDLE, 5_000, 1, 20, Content.TEXT),
          new Workload("accept", Kind.ACCEPT, 5_000, 1, 20, Content.TEXT));

  /** What the messages are made of. */
  enum Content {
    TEXT,
    BINARY,
    /** JSON that differs from message to message, compressed by {@code permessage-deflate}. */
    DEFLATED_TEXT
  }

  /** What is done, which decides what is measured. */
  // Its list is one that nobody can change.
  @SuppressWarnings("ImmutableEnumChecker")
  enum Kind {
    /** Each connection gets back what it sends. */
    ECHO(
        Metric.CPU_MICROS,
        "for each message",
        Metric.RATE,
        Metric.USER_MICROS,
        Metric.SYSTEM_MICROS,
        Metric.P50_MICROS,
        Metric.P99_MICROS,
        Metric.P999_MICROS,
        Metric.SERVER_PERCENT,
        Metric.LOAD_PERCENT),
    /** One connection sends, all get it. */
    BROADCAST(
        Metric.CPU_MICROS,
        "for each delivery",
        Metric.RATE,
        Metric.USER_MICROS,
        Metric.SYSTEM_MICROS,
        Metric.P50_MICROS,
        Metric.P99_MICROS,
        Metric.P999_MICROS,
        Metric.SERVER_PERCENT,
        Metric.LOAD_PERCENT),
    /** Connections are held after one echo each. */
    IDLE(
        Metric.HELD_KIB,
        "for each connection",
        Metric.HEAP_KIB,
        Metric.DIRECT_KIB,
        Metric.RESIDENT_KIB),
    /** Connections are opened and ended again. */
    ACCEPT(
        Metric.ALL_OPEN_MILLIS,
        "in all, but CPU for each",
        Metric.FIRST_OPEN_MILLIS,
        Metric.RATE,
        Metric.CPU_MICROS,
        Metric.USER_MICROS,
        Metric.SYSTEM_MICROS,
        Metric.P50_MICROS,
        Metric.P99_MICROS,
        Metric.P999_MICROS);

    private final Metric headline;
    private final String share;
    private final List<Metric> details;

    Kind(Metric headline, String share, Metric... details) {
      this.headline = headline;
      this.share = share;
      this.details = List.of(details);
    }

    /** The figure that servers are compared by. */
    Metric headline() {
      return headline;
    }

    /** What the figures are for. */
    String share() {
      return share;
    }

    /** What else is worth a column. */
    List<Metric> details() {
      return details;
    }
  }

  /**
   * The workloads of these names.
   *
   * @throws IllegalArgumentException if there is none of a name
   */
  static List<Workload> named(List<String> names) {
    List<Workload> chosen = new ArrayList<>(ALL);
    for (String name : names) {
      if (ALL.stream().noneMatch(workload -> workload.name.equals(name))) {
        throw new IllegalArgumentException(
            "no workload \"" + name + "\"; there are " + String.join(", ", names()));
      }
    }
    chosen.removeIf(workload -> !names.contains(workload.name));
    return chosen;
  }

  /** All names. */
  static List<String> names() {
    return ALL.stream().map(Workload::name).toList();
  }

  /** In words. */
  String description() {
    String size =
        bytes >= 1 << 20
            ? (bytes >> 20) + " MiB"
            : bytes >= 1 << 10 ? (bytes >> 10) + " KiB" : bytes + " B";
    String message =
        switch (content) {
          case TEXT -> size + " text";
          case BINARY -> size + " binary";
          case DEFLATED_TEXT -> size + " text, compressed both ways";
        };
    return switch (kind) {
      case ECHO ->
          "%s, %,d connections, %s under way on each"
              .formatted(message, connections, depth == 1 ? "one" : "" + depth);
      case BROADCAST ->
          "%s from one to %,d connections, %s"
              .formatted(message, connections, depth == 1 ? "one at a time" : depth + " under way");
      case IDLE -> "%,d idle connections, after a garbage collection".formatted(connections);
      case ACCEPT -> "opening %,d connections, 40 at a time".formatted(connections);
    };
  }

  /**
   * What the floor does meanwhile: it knows neither broadcasts nor compression, and is compared by
   * the cost of a plain echo.
   */
  Workload floor() {
    if (kind == Kind.BROADCAST) return new Workload(name, Kind.ECHO, 50, 1, 20, Content.TEXT);
    return deflated() ? new Workload(name, kind, connections, depth, bytes, Content.TEXT) : this;
  }

  /** Whether messages are compressed. */
  boolean deflated() {
    return content == Content.DEFLATED_TEXT;
  }

  /** What is worth a column beside the headline. */
  List<Metric> details() {
    if (!deflated()) return kind.details();
    List<Metric> details = new ArrayList<>(List.of(Metric.ANSWER_BYTES, Metric.PLAIN_PERCENT));
    details.addAll(kind.details());
    return details;
  }
}
