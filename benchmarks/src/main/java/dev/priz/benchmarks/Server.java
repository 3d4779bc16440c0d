package dev.priz.benchmarks;

import java.util.List;

/**
 * A server that can be started.
 *
 * @param name for the command line and the reports
 * @param family whose it is, which gives it its colour
 * @param command to start it with, where {@code {port}} stands for the port to listen on
 * @param note what a reader of the figures should know, or empty
 */
record Server(String name, Family family, List<String> command, String note) {

  /** Whose a server is. */
  enum Family {
    /** The TCP echo in C, below which nothing can go. */
    FLOOR,
    PRIZ,
    OTHER,
    /** Given on the command line. */
    GUEST
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
