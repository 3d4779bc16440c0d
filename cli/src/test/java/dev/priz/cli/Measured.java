package dev.priz.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * What a load test in this JVM came to.
 *
 * @param status its exit status
 * @param out its report, unless rows took its place
 * @param err all of its standard error
 */
record Measured(int status, String out, String err) {
  private static final int COUNT_FROM = 38;
  private static final int COUNT_TO = 56;

  /** Tests a server without warm-up, for half a second unless told otherwise. */
  static Measured of(String address, String... options) {
    List<String> words = new ArrayList<>(List.of("bench", address, "--warm-up=0s"));
    if (!String.join(" ", options).contains("--duration")) words.add("--duration=500ms");
    words.addAll(List.of(options));
    Outcome outcome = Outcome.of(words.toArray(String[]::new));
    return new Measured(outcome.status(), outcome.out(), outcome.err());
  }

  /** The number behind a name in the report: of two, the one for all of the time. */
  long count(String name) {
    return out.lines()
        .filter(line -> line.startsWith(name + "  "))
        .mapToLong(line -> number(line.substring(COUNT_FROM, COUNT_TO).strip()))
        .findFirst()
        .orElseThrow();
  }

  /** The number of messages whose latencies are drawn. */
  long latencies() {
    return out.lines()
        .filter(line -> line.matches(" *[\\d.,]+ to .*%"))
        .map(line -> line.split(" +"))
        .mapToLong(words -> number(words[words.length - 2]))
        .sum();
  }

  private static long number(String text) {
    return Long.parseLong(text.replace(",", ""));
  }
}
