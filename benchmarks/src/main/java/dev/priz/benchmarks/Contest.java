package dev.priz.benchmarks;

import dev.priz.benchmarks.Results.Turn;
import dev.priz.benchmarks.Server.Family;
import dev.priz.benchmarks.Workload.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * All servers at all workloads: in turn, so that what the machine does meanwhile meets all of them.
 */
final class Contest {
  // The floor has nothing to warm up but the kernel.
  private static final double FLOOR_WARM_UP_SECONDS = 1;
  private static final double START_SECONDS = 1.5;
  private static final double IDLE_SECONDS = 5;

  private final Options options;
  private final Cores cores;
  private final Load load;
  private final Path jcmd;
  private final Path logs;
  private final Results results;

  /**
   * A contest that has not begun.
   *
   * @param logs the folder for what the servers say
   */
  Contest(Options options, Cores cores, Load load, Path jcmd, Path logs, Results results) {
    this.options = options;
    this.cores = cores;
    this.load = load;
    this.jcmd = jcmd;
    this.logs = logs;
    this.results = results;
  }

  /** Runs all of it. */
  void run(Progress progress) throws InterruptedException {
    for (Workload workload : results.workloads()) {
      for (int round = 1; round <= options.rounds; round++) {
        for (Server server : results.servers(workload)) {
          var turn = new Turn(workload, server, round);
          results.add(turn, take(turn));
          progress.turnEnded(expectedSeconds(workload, server), describe(turn));
        }
      }
    }
  }

  /** How long all of it takes, about. */
  double expectedSeconds() {
    double seconds = 0;
    for (Workload workload : results.workloads()) {
      for (Server server : results.servers(workload))
        seconds += options.rounds * expectedSeconds(workload, server);
    }
    return seconds;
  }

  private double expectedSeconds(Workload workload, Server server) {
    double measuring = workload.kind() == Kind.IDLE ? IDLE_SECONDS : options.seconds;
    return START_SECONDS + warmUpSeconds(server) + measuring;
  }

  private double warmUpSeconds(Server server) {
    return server.family() == Family.FLOOR
        ? Math.min(FLOOR_WARM_UP_SECONDS, options.warmupSeconds)
        : options.warmupSeconds;
  }

  private Measurement take(Turn turn) throws InterruptedException {
    Server server = turn.server();
    boolean measuresMemory = turn.workload().kind() == Kind.IDLE;
    Path log = logs.resolve(server.name() + ".log");
    List<String> jvmOptions = jvmOptions(turn.workload());
    try (var running = RunningServer.start(server, cores.server(), log, jvmOptions)) {
      return measuresMemory ? weigh(turn, running) : measure(turn, running);
    } catch (IOException failure) {
      return Measurement.failed(String.valueOf(failure.getMessage()));
    }
  }

  private static List<String> jvmOptions(Workload workload) {
    if (workload.kind() == Kind.IDLE) return List.of(Memory.JVM_OPTION);
    return workload.deflated() ? List.of(Server.DEFLATE_OPTION) : List.of();
  }

  private Measurement measure(Turn turn, RunningServer running)
      throws IOException, InterruptedException {
    boolean raw = turn.server().family() == Family.FLOOR;
    Workload workload = raw ? turn.workload().floor() : turn.workload();
    double warmup = warmUpSeconds(turn.server());
    if (!options.profile) return load.measure(workload, raw, running, warmup, options.seconds);
    try (var profile = Profile.start(running, logs, cores.load(), warmup, options.seconds)) {
      Measurement measurement = load.measure(workload, raw, running, warmup, options.seconds);
      tell(turn, profile.lines(turn.server().isJava() ? jcmd : null));
      return measurement;
    }
  }

  private void tell(Turn turn, List<String> profile) throws IOException {
    List<String> lines =
        new ArrayList<>(List.of(turn.workload().name() + ", " + turn.server().name()));
    lines.addAll(profile);
    lines.forEach(System.out::println);
    Files.write(
        logs.resolveSibling("profiles.txt"),
        lines,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private Measurement weigh(Turn turn, RunningServer running)
      throws IOException, InterruptedException {
    Server server = turn.server();
    boolean raw = server.family() == Family.FLOOR;
    // What any server holds once, for its code and its first connections, is not the price of a
    // connection.
    var before = new Workload("warm-up", Kind.ECHO, 50, 1, 20, Workload.Content.TEXT);
    load.measure(before, raw, running, warmUpSeconds(server), 0.5);
    Memory empty = Memory.of(running.pid(), server.isJava(), jcmd);
    Process holder = load.hold(turn.workload(), raw, running);
    try {
      Memory full = Memory.of(running.pid(), server.isJava(), jcmd);
      return full.since(empty, turn.workload().connections(), server.isJava());
    } finally {
      Children.end(holder);
    }
  }

  private String describe(Turn turn) {
    Measurement measurement = results.measurements().get(turn);
    Metric headline = turn.workload().kind().headline();
    Double value = measurement == null ? null : measurement.value(headline);
    Double ratio = results.ratio(turn);
    String outcome =
        measurement != null && measurement.failure() != null
            ? "FAILED: " + measurement.failure()
            : value == null
                ? ""
                : headline.format(value)
                    + " "
                    + headline.title()
                    + (ratio == null ? "" : String.format(Locale.ROOT, "  x%.2f", ratio));
    return String.format(
        Locale.ROOT,
        "%-15s round %d  %-23s %s",
        turn.workload().name(),
        turn.round(),
        turn.server().name(),
        outcome);
  }
}
