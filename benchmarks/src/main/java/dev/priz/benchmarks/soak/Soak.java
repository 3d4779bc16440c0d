package dev.priz.benchmarks.soak;

import dev.priz.benchmarks.Machine;
import io.netty.util.Version;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs the soak that the command line asks for; {@code benchmarks/soak} starts it. */
public final class Soak {
  private final SoakOptions options;
  private final PrintStream out;

  /** A run. */
  Soak(SoakOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Runs it.
   *
   * @param args as the usage says; the folder {@code target} of this module is the system property
   *     {@code priz.target}
   */
  public static void main(String[] args) throws InterruptedException {
    if (List.of(args).contains("--help") || List.of(args).contains("-h")) {
      System.out.print(SoakOptions.USAGE);
      return;
    }
    Thread atSignal = new Thread(Soak::tellOfEarlyEnd, "soak-end");
    Runtime.getRuntime().addShutdownHook(atSignal);
    int status = run(args, atSignal);
    System.exit(status);
  }

  private static int run(String[] args, Thread atSignal) throws InterruptedException {
    try {
      Path target = Path.of(System.getProperty("priz.target", "target"));
      return new Soak(SoakOptions.parse(target, args), System.out).run() ? 0 : 1;
    } catch (IllegalArgumentException nonsense) {
      System.err.println("soak: " + nonsense.getMessage());
      return 2;
    } catch (IOException failure) {
      // A signal ends the other processes, too.
      if (!isEnding(atSignal)) System.err.println("soak: " + failure.getMessage());
      return 1;
    } finally {
      isEnding(atSignal);
    }
  }

  private static void tellOfEarlyEnd() {
    // Below the line that tells the progress.
    if (Boolean.getBoolean("priz.terminal")) System.err.println();
    System.err.println("soak: ended early, without a verdict");
  }

  // Whether a signal came; else none is waited for any more.
  private static boolean isEnding(Thread atSignal) {
    try {
      Runtime.getRuntime().removeShutdownHook(atSignal);
      return false;
    } catch (IllegalStateException signalCame) {
      return true;
    }
  }

  /** Runs it, writes the report, and tells whether all is well. */
  boolean run() throws IOException, InterruptedException {
    SoakOptions possible = possible();
    Path folder = Files.createDirectories(options.out());
    var run = new SoakRun(possible, new ProgressLine(out, options.terminal()));
    out.printf(
        Locale.ROOT,
        "soak: %,d connections, %,d messages and %d misdeeds a second, seed %d; about %s%n",
        possible.connections(),
        possible.rate(),
        possible.misdeeds(),
        possible.seed(),
        Clock.words(run.expectedSeconds()));
    Timeline timeline = run.run();
    List<Criterion> criteria = Criterion.of(timeline, possible);
    List<String> header = header(possible, run.transport());
    Files.writeString(
        folder.resolve("report.html"), new ReportPage(timeline, criteria, header).html());
    Files.write(folder.resolve("samples.csv"), SampleRows.of(timeline));
    boolean passed = criteria.stream().allMatch(Criterion::passed);
    tell(criteria, passed);
    out.println("the report: " + folder.resolve("report.html"));
    return passed;
  }

  private SoakOptions possible() throws IOException {
    int connections = SoakRun.possibleConnections(options.connections());
    if (connections == options.connections()) return options;
    if (connections < 1) {
      throw new IllegalArgumentException(
          "'ulimit -n' is " + Machine.openFiles() + ", which is too low for any connection");
    }
    out.printf(
        Locale.ROOT,
        "soak: 'ulimit -n' is %,d, enough for %,d connections and not for %,d%n",
        Machine.openFiles(),
        connections,
        options.connections());
    return options.connections(connections);
  }

  private void tell(List<Criterion> criteria, boolean passed) {
    for (Criterion criterion : criteria) {
      String figures =
          criterion.before().isEmpty()
              ? criterion.after()
              : criterion.before() + " -> " + criterion.after();
      out.printf(
          "  %-4s  %-42s  %-34s  (%s)%n",
          criterion.passed() ? "ok" : "FAIL", criterion.name(), figures, criterion.allowed());
    }
    out.println(passed ? "passed" : "FAILED");
  }

  private static List<String> header(SoakOptions options, String transport) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Date: "
            + DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx", Locale.ROOT)
                .format(ZonedDateTime.now(ZoneId.systemDefault())));
    lines.add(
        String.format(
            Locale.ROOT,
            "Load: %,d connections, %,d messages and %d misdeeds a second, for %s after a first"
                + " round of %s; seed %d",
            options.connections(),
            options.rate(),
            options.misdeeds(),
            Clock.words(options.seconds()),
            Clock.words(options.warmupSeconds()),
            options.seed()));
    lines.add("Machine: " + Machine.description());
    lines.add(
        "Java: "
            + System.getProperty("java.vm.name")
            + " "
            + Runtime.version()
            + "; the server's "
            + String.join(" ", SoakRun.serverJvm(options)));
    lines.add(
        "Versions: Priz "
            + System.getProperty("priz.version", "of these sources")
            + ", Netty "
            + nettyVersion()
            + ", transport "
            + transport);
    return lines;
  }

  private static String nettyVersion() {
    Version version = Version.identify().get("netty-common");
    return version == null ? "of unknown version" : version.artifactVersion();
  }
}
