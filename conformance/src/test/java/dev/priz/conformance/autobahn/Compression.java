package dev.priz.conformance.autobahn;

import dev.priz.protocol.DeflateOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One run of cases on compression, and what our end wants of it.
 *
 * @param name for the report
 */
record Compression(String name, Cases cases, DeflateOptions options) {
  /** How many messages a case sends in the full run; few unless the build is told a number. */
  private static final int FULL_MESSAGES = Integer.getInteger("autobahn.messages", 0);

  /** Allows a peer whatever it may ask for, and compresses the shortest messages, too. */
  private static final DeflateOptions EVERYTHING =
      DeflateOptions.SHARED.send(true, 15).receive(true, 15).thresholdBytes(0);

  /** Some cases of both groups on windows of 12 bits, and on 9 where the suite asks for it. */
  static final Compression DEDICATED =
      new Compression(
          "dedicated", Cases.compression("12.3", "12.5", "13.3", "13.7"), DeflateOptions.DEDICATED);

  /**
   * All 216 cases: group 12 on the defaults, group 13 on what its parameters need. In the full run,
   * which takes long, by kinds of data and sets of parameters.
   */
  static List<Compression> runs() {
    return Stream.concat(runs(12, 5, DeflateOptions.SHARED), runs(13, 7, EVERYTHING)).toList();
  }

  /** How long a run may take: a case without an echo ends before, by itself. */
  Duration deadline() {
    return Duration.ofMinutes(4).plus(Duration.ofSeconds(1).multipliedBy(cases.deflateMessages()));
  }

  @Override
  public String toString() {
    return name;
  }

  private static Stream<Compression> runs(int group, int subgroups, DeflateOptions options) {
    String[] all =
        IntStream.rangeClosed(1, subgroups).mapToObj(i -> group + "." + i).toArray(String[]::new);
    if (FULL_MESSAGES == 0) {
      return Stream.of(new Compression("" + group, Cases.compression(all), options));
    }
    return Stream.of(all)
        .map(subgroup -> {
          Cases cases = Cases.compression(subgroup).deflateMessages(FULL_MESSAGES);
          return new Compression(subgroup.replace('.', '-'), cases, options);
        });
  }
}
