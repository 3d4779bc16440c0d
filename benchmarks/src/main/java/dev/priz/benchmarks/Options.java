package dev.priz.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
final class Options {
  static final String USAGE =
      """
      usage: benchmarks/run [OPTION]...

      Measures Priz and other WebSocket servers side by side under the same load, and writes what they cost as a table,
      as CSV and as a picture. All of it takes hours; --quick takes minutes and tells little.

        --workloads NAMES   some only, separated by commas: %s
        --servers NAMES     some only: %s;
                            'priz', 'priz-loop' and 'netty' stand for all that begin so
        --peer NAME=COMMAND one more server, as often as wanted; in COMMAND, {port} stands for the port on 127.0.0.1 to
                            listen on. It must echo at /, and send to all at /broadcast if it is to broadcast. The one
                            process that COMMAND becomes is measured: uws='./uws_echo {port}'
        --rounds N          how often each server is measured, all of them in turn; 3
        --seconds N         how long each time; 4
        --warmup N          how long before that, for those in Java and for peers; 7
        --cpus SERVER,LOAD  the processors to pin them to; two different cores unless set
        --engine NAME       how the load does its I/O: io_uring (unless the kernel forbids it) or epoll
        --profile           where each server's time goes, by perf, after each turn and in profiles.txt; perf
                            costs time itself, so that the other figures of such a run are too high
        --out FOLDER        where the results go; benchmarks/target/results
        --quick             one round of a second each, echo-50 and pipelined unless others are named
        --help              this text
      """;

  final List<String> workloads = new ArrayList<>();
  final List<String> servers = new ArrayList<>();
  final Map<String, String> peers = new LinkedHashMap<>();
  int rounds = 3;
  double seconds = 4;
  double warmupSeconds = 7;
  int @Nullable [] cpus;
  String engine = "io_uring";
  boolean profile;
  @Nullable Path out;
  boolean help;

  private Options() {}

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if something on it makes no sense
   */
  static Options parse(String... args) {
    var options = new Options();
    var words = new ArrayList<>(Arrays.asList(args));
    // First, so that the others can say otherwise.
    if (words.remove("--quick")) options.hurry();
    while (!words.isEmpty()) {
      String option = words.removeFirst();
      if (option.equals("--help") || option.equals("-h")) {
        options.help = true;
        continue;
      }
      int equals = option.startsWith("--") ? option.indexOf('=') : -1;
      if (equals > 0) words.addFirst(option.substring(equals + 1));
      options.set(equals > 0 ? option.substring(0, equals) : option, words);
    }
    if (options.workloads.isEmpty()) options.workloads.addAll(Workload.names());
    return options;
  }

  private void hurry() {
    rounds = 1;
    seconds = 1;
    warmupSeconds = 2;
    workloads.addAll(List.of("echo-50", "pipelined"));
  }

  private void set(String option, List<String> words) {
    switch (option) {
      case "--workloads" -> replace(workloads, value(option, words));
      case "--servers" -> replace(servers, value(option, words));
      case "--peer" -> invite(value(option, words));
      case "--rounds" -> rounds = (int) number(option, value(option, words), 1, 1_000);
      case "--seconds" -> seconds = number(option, value(option, words), 0.1, 3_600);
      case "--warmup" -> warmupSeconds = number(option, value(option, words), 0, 3_600);
      case "--cpus" -> cpus = Cores.parse(value(option, words));
      case "--engine" -> engine = engine(value(option, words));
      case "--profile" -> profile = true;
      case "--out" -> out = Path.of(value(option, words));
      default -> throw new IllegalArgumentException("unknown option '" + option + "'");
    }
  }

  private void invite(String peer) {
    int equals = peer.indexOf('=');
    if (equals < 1 || !peer.contains("{port}")) {
      throw new IllegalArgumentException(
          "--peer is '" + peer + "', expected NAME='COMMAND with {port}'");
    }
    peers.put(peer.substring(0, equals), peer.substring(equals + 1));
  }

  private static void replace(List<String> names, String value) {
    names.clear();
    names.addAll(List.of(value.split(",")));
  }

  private static String value(String option, List<String> words) {
    if (words.isEmpty()) throw new IllegalArgumentException(option + " needs a value");
    return words.removeFirst();
  }

  private static double number(String option, String value, double least, double most) {
    try {
      double number = Double.parseDouble(value);
      if (number >= least && number <= most) return number;
    } catch (NumberFormatException notANumber) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "%s is '%s', expected a number from %s to %s".formatted(option, value, least, most));
  }

  private static String engine(String value) {
    if (value.equals("io_uring") || value.equals("epoll")) return value;
    throw new IllegalArgumentException("--engine is '" + value + "', expected io_uring or epoll");
  }
}
