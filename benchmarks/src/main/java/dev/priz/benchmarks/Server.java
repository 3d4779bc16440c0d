package dev.priz.benchmarks;

import java.util.List;

/**
 * A server that can be started.
 *
 * @param name for the command line and the reports
 * @param family whose it is, which gives it its colour
 * @param command to start it with, where {@code {port}} stands for the port to listen on
 * @param deflate whether it takes part where messages are compressed, and elsewhere
 * @param note what a reader of the figures should know, or empty
 */
record Server(String name, Family family, List<String> command, Deflate deflate, String note) {
  /** What a server in Java is started with where messages are compressed. */
  static final String DEFLATE_OPTION = "-Ddeflate=true";

  /** Whose a server is. */
  enum Family {
    /** The TCP echo in C, below which nothing can go. */
    FLOOR,
    PRIZ,
    OTHER,
    /** Given on the command line. */
    GUEST
  }

  /** Where a server takes part. */
  enum Deflate {
    CAN,
    CANNOT,
    /** One that is in the lineup already, but compresses in another way. */
    ONLY
  }

  /** Whether it has a turn at a workload. */
  boolean takesPartIn(Workload workload) {
    return deflate == Deflate.CAN || (deflate == Deflate.ONLY) == workload.deflated();
  }

  /** Whether the JVM runs it, so that it needs warming up and has a heap. */
  boolean isJava() {
    return family == Family.PRIZ || family == Family.OTHER;
  }

  /** The command for a port. */
  List<String> command(int port) {
    return command.stream().map(word -> word.replace("{port}", "" + port)).toList();
  }
}
