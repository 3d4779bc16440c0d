package dev.priz.benchmarks.soak;

import dev.priz.benchmarks.Children;
import dev.priz.benchmarks.Machine;
import dev.priz.benchmarks.soak.Timeline.Phase;
import dev.priz.benchmarks.soak.Timeline.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One run: a round of load, a look at the quiet server, the soak, another look. Both looks are at
 * the same age of the silence, and follow a full collection of garbage.
 */
final class SoakRun {
  // What else is open: misbehaving peers, and some files.
  private static final int OTHER_FILES = 1_000;
  // From one address to one port there are 28,000 connections, less those that linger.
  private static final int CONNECTIONS_PER_ADDRESS = 20_000;
  private static final int JOINS_PER_SECOND = 500;
  private static final int CLOSES_PER_SECOND = 2_000;
  // All speak at once: the library's pools of buffers, which keep what was once needed up to their
  // limits, are to be full when the baseline is taken, and not after some unlucky moment later.
  private static final int WAVES = 3;
  private static final int SECONDS_OF_WAVE = 3;
  private static final int DRAIN_SECONDS = 60;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PASSWORD = "changeit";

  private final SoakOptions options;
  private final ProgressLine progress;
  private final Timeline timeline = new Timeline();
  private final Path java = Path.of(System.getProperty("java.home"), "bin", "java");
  private String transport = "none";
  private long startNanos;
  private long ticks;

  SoakRun(SoakOptions options, ProgressLine progress) {
    this.options = options;
    this.progress = progress;
  }

  /** As many connections as are wanted, or as the open files of this process allow. */
  static int possibleConnections(int wanted) throws IOException {
    return (int) Math.max(0, Math.min(wanted, Machine.openFiles() - OTHER_FILES));
  }

  /** The JVM that the server runs on. */
  static List<String> serverJvm(SoakOptions options) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "-Xms" + options.heapMib() + "m",
                "-Xmx" + options.heapMib() + "m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseG1GC",
                "-XX:-UseDynamicNumberOfCompilerThreads",
                "-XX:-UseDynamicNumberOfGCThreads"));
    words.addAll(commonJvm());
    return words;
  }

  /** How the server did its I/O, once it has run. */
  String transport() {
    return transport;
  }

  /** How long it takes, about. */
  int expectedSeconds() {
    int closing = options.connections() / CLOSES_PER_SECOND;
    return options.seconds()
        + options.warmupSeconds()
        + WAVES * SECONDS_OF_WAVE
        + 2 * (rampSeconds() + closing + options.quietSeconds());
  }

  /**
   * Runs it.
   *
   * @throws IOException if one of the processes does not do its part
   */
  Timeline run() throws IOException, InterruptedException {
    Path store = keyStore();
    try (Child server = server(store)) {
      String[] ready = server.answer("ready", PATIENCE).split(" ", -1);
      transport = ready[0];
      try (Child load = load(List.of(ready).subList(1, ready.length))) {
        awaitSamples(server, load);
        startNanos = System.nanoTime();
        load.tell("load");
        watch(Phase.WARM_UP, rampSeconds() + options.warmupSeconds(), server, load);
        for (int i = 0; i < WAVES; i++) {
          load.tell("wave");
          watch(Phase.WARM_UP, SECONDS_OF_WAVE, server, load);
        }
        timeline.before(drain(Phase.SETTLING, server, load));
        load.tell("load");
        watch(Phase.SOAK, rampSeconds() + options.seconds(), server, load);
        timeline.after(drain(Phase.ENDING, server, load));
      }
    } finally {
      progress.end();
      Files.deleteIfExists(store);
    }
    return timeline;
  }

  private static List<String> commonJvm() {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
    if (Runtime.version().feature() >= 23) words.add("--sun-misc-unsafe-memory-access=allow");
    return words;
  }

  private Child server(Path store) throws IOException {
    int addresses = 1 + (options.connections() - 1) / CONNECTIONS_PER_ADDRESS;
    List<String> arguments =
        List.of(options.transport().name(), "" + addresses, store.toString(), PASSWORD);
    return child("server", serverJvm(options), SoakServer.class, arguments);
  }

  private Child load(List<String> addresses) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "" + options.connections(),
                "" + options.rate(),
                "" + options.misdeeds(),
                "" + options.seed()));
    arguments.addAll(addresses);
    return child("load", commonJvm(), SoakLoad.class, arguments);
  }

  private Child child(String name, List<String> jvm, Class<?> main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    // Where processors are scarce, it is the load that waits.
    if (main == SoakLoad.class) command.addAll(List.of("nice", "-n", "5"));
    command.add(java.toString());
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return Child.start(name, command, options.out().resolve(name + ".log"));
  }

  private Path keyStore() throws IOException, InterruptedException {
    Path store = options.out().resolve("server.p12");
    Files.deleteIfExists(store);
    // Also after a signal.
    store.toFile().deleteOnExit();
    var builder =
        new ProcessBuilder(
                java.resolveSibling("keytool").toString(),
                "-genkeypair",
                "-alias",
                "soak",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(options.out().resolve("keytool.log").toFile());
    Process keytool = Children.start(builder);
    int status = keytool.waitFor();
    Children.end(keytool);
    if (status != 0) throw new IOException("keytool failed, see " + options.out());
    return store;
  }

  private static void awaitSamples(Child server, Child load)
      throws IOException, InterruptedException {
    while (server.latest().equals(Figures.NONE) || load.latest().equals(Figures.NONE)) {
      server.check();
      load.check();
      Thread.sleep(50);
    }
  }

  private Figures drain(Phase phase, Child server, Child load)
      throws IOException, InterruptedException {
    load.tell("drain");
    watch(phase, DRAIN_SECONDS, server, load, () -> load.hasSaid("drained"));
    watch(phase, options.quietSeconds(), server, load);
    server.tell("quiet");
    return Figures.of(server.answer("quiet", PATIENCE));
  }

  private void watch(Phase phase, int seconds, Child server, Child load)
      throws IOException, InterruptedException {
    watch(phase, seconds, server, load, () -> false);
  }

  // Once a second, as long as it takes or until something has happened.
  private void watch(
      Phase phase, int mostSeconds, Child server, Child load, BooleanSupplier happened)
      throws IOException, InterruptedException {
    for (int i = 0; i < mostSeconds && !happened.getAsBoolean(); i++) {
      ticks = Math.max(ticks + 1, (System.nanoTime() - startNanos) / 1_000_000_000);
      long nanos = startNanos + ticks * 1_000_000_000 - System.nanoTime();
      Thread.sleep(Duration.ofNanos(Math.max(0, nanos)));
      server.check();
      load.check();
      var sample = new Sample(ticks, phase, server.latest().and(load.latest()));
      timeline.add(sample);
      progress.show(sample, expectedSeconds());
    }
  }

  private int rampSeconds() {
    return options.connections() / JOINS_PER_SECOND + 1;
  }
}
