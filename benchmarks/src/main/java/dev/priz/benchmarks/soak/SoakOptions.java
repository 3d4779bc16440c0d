package dev.priz.benchmarks.soak;

import dev.priz.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param seconds under load, after the warm-up
 * @param warmupSeconds under the same load before, after which the baseline is taken
 * @param quietSeconds from the end of the last connection to when the server is looked at
 * @param connections of peers that behave well
 * @param rate messages a second, of all together
 * @param misdeeds a second, of peers that do not behave well
 * @param heapMib the server's
 * @param terminal whether the progress may rewrite its line
 */
record SoakOptions(
    int seconds,
    int warmupSeconds,
    int quietSeconds,
    int connections,
    int rate,
    int misdeeds,
    int heapMib,
    long seed,
    Transport transport,
    Path out,
    boolean terminal) {
  static final String USAGE =
      """
      usage: benchmarks/soak MINUTES [OPTION]...

      Puts one server under load for so many minutes, 1 to 1440, in a process of its own: conversations, peers that come
      and go, that leave in the middle of something, that do not read, that break the rules. It passes when memory,
      threads and descriptors are back where they were after a first round of that load, and the event loops never
      stood still. Takes some minutes more than that for the first round, and needs Linux.

        --connections N     peers that behave well; 10,000, or what 'ulimit -n' allows
        --rate N            messages a second from all of them, which the server echoes; 7000
        --misdeeds N        peers a second that misbehave; 40
        --warmup SECONDS    the first round; a fifth of the time, 20 to 120
        --heap MIB          the server's heap; 512
        --transport NAME    io_uring, epoll or nio; the fastest that works here
        --seed N            decides on what each peer does; a new one each time, which is told
        --out FOLDER        where the report goes; benchmarks/target/soak
        --help              this text

      Exits with 0 if it passes, with 1 if not, with 2 if an option makes no sense or something is missing.
      """;

  static final int MOST_CONNECTIONS = 10_000;
  private static final int QUIET_SECONDS = 15;

  /**
   * Reads the command line.
   *
   * @param target the folder {@code target} of this module
   * @throws IllegalArgumentException if something on it makes no sense
   */
  static SoakOptions parse(Path target, String... args) {
    List<String> words = new ArrayList<>(Arrays.asList(args));
    if (words.isEmpty()) throw new IllegalArgumentException("how many minutes? see --help");
    int minutes = number("MINUTES", words.removeFirst(), 1, 1_440);
    int seconds = minutes * 60;
    var options =
        new SoakOptions(
            seconds,
            Math.clamp(seconds / 5, 20, 120),
            QUIET_SECONDS,
            MOST_CONNECTIONS,
            7_000,
            40,
            512,
            System.nanoTime() & 0xffff_ffffL,
            Transport.AUTO,
            target.resolve("soak"),
            Boolean.getBoolean("priz.terminal"));
    while (!words.isEmpty()) {
      String option = words.removeFirst();
      int equals = option.startsWith("--") ? option.indexOf('=') : -1;
      if (equals > 0) words.addFirst(option.substring(equals + 1));
      options = options.with(equals > 0 ? option.substring(0, equals) : option, words);
    }
    return options;
  }

  private SoakOptions with(String option, List<String> words) {
    return switch (option) {
      case "--connections" -> connections(number(option, value(option, words), 10, 1_000_000));
      case "--rate" -> load(number(option, value(option, words), 1, 1_000_000), misdeeds);
      case "--misdeeds" -> load(rate, number(option, value(option, words), 0, 10_000));
      case "--warmup" ->
          warmup(number(option, value(option, words), 1, 3_600), quietSeconds, heapMib);
      case "--heap" ->
          warmup(warmupSeconds, quietSeconds, number(option, value(option, words), 64, 1_000_000));
      case "--transport" -> setup(seed, Transport.of(value(option, words)), out);
      case "--seed" -> setup(seed(value(option, words)), transport, out);
      case "--out" -> setup(seed, transport, Path.of(value(option, words)));
      default -> throw new IllegalArgumentException("unknown option '" + option + "'; see --help");
    };
  }

  /** These options with another number of connections. */
  SoakOptions connections(int number) {
    return new SoakOptions(
        seconds,
        warmupSeconds,
        quietSeconds,
        number,
        rate,
        misdeeds,
        heapMib,
        seed,
        transport,
        out,
        terminal);
  }

  private SoakOptions load(int newRate, int newMisdeeds) {
    return new SoakOptions(
        seconds,
        warmupSeconds,
        quietSeconds,
        connections,
        newRate,
        newMisdeeds,
        heapMib,
        seed,
        transport,
        out,
        terminal);
  }

  private SoakOptions warmup(int newWarmupSeconds, int newQuietSeconds, int newHeapMib) {
    return new SoakOptions(
        seconds,
        newWarmupSeconds,
        newQuietSeconds,
        connections,
        rate,
        misdeeds,
        newHeapMib,
        seed,
        transport,
        out,
        terminal);
  }

  private SoakOptions setup(long newSeed, Transport newTransport, Path newOut) {
    return new SoakOptions(
        seconds,
        warmupSeconds,
        quietSeconds,
        connections,
        rate,
        misdeeds,
        heapMib,
        newSeed,
        newTransport,
        newOut,
        terminal);
  }

  private static String value(String option, List<String> words) {
    if (words.isEmpty()) throw new IllegalArgumentException(option + " needs a value");
    return words.removeFirst();
  }

  private static int number(String option, String value, int least, int most) {
    if (value.matches("\\d{1,7}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) return number;
    }
    throw new IllegalArgumentException(
        "%s is '%s', expected a whole number from %d to %d".formatted(option, value, least, most));
  }

  private static long seed(String value) {
    if (value.matches("\\d{1,18}")) return Long.parseLong(value);
    throw new IllegalArgumentException("--seed is '" + value + "', expected a whole number");
  }
}
