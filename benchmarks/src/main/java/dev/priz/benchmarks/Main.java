package dev.priz.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the benchmark that the command line asks for; {@code benchmarks/run} starts it. */
public final class Main {
  // What is open beside the connections, in a JVM or out of it.
  private static final int OTHER_FILES = 200;

  private final Options options;
  private final Path target;
  private final Path java = Path.of(System.getProperty("java.home"), "bin", "java");

  private Main(Options options, Path target) {
    this.options = options;
    this.target = target;
  }

  /**
   * Runs the benchmark.
   *
   * @param args as the usage says; the folder {@code target} of this module is the system property
   *     {@code priz.target}
   */
  public static void main(String[] args) throws Exception {
    Path target = Path.of(System.getProperty("priz.target", "target"));
    try {
      Options options = Options.parse(args);
      var main = new Main(options, target);
      if (options.help) {
        main.help();
      } else {
        main.run();
      }
    } catch (IllegalArgumentException nonsense) {
      System.err.println("benchmarks/run: " + nonsense.getMessage());
      System.exit(2);
    }
  }

  private void help() {
    System.out.printf(
        Options.USAGE,
        String.join(", ", Workload.names()),
        String.join(", ", lineup(List.of()).names()));
  }

  private void run() throws IOException, InterruptedException {
    List<String> jvmOptions = jvmOptions();
    Lineup lineup = lineup(jvmOptions);
    options.peers.forEach(lineup::invite);
    List<String> names = new ArrayList<>(options.servers);
    if (!names.isEmpty()) names.addAll(options.peers.keySet());
    List<Workload> workloads = Workload.named(options.workloads);
    var results = new Results(workloads, lineup.named(names));
    checkOpenFiles(workloads);
    Cores cores = Cores.choose(options.cpus);
    stayAwayFrom(cores);
    Path out = options.out == null ? target.resolve("results") : options.out;
    Path logs = Files.createDirectories(out.resolve("logs"));
    Files.deleteIfExists(out.resolve("profiles.txt"));
    List<String> header = Machine.header(target.resolve("app"), cores, jvmOptions, howMeasured());
    header.forEach(System.out::println);
    var load =
        new Load(target.resolve("c/load"), cores.load(), options.engine, logs.resolve("load.log"));
    var contest = new Contest(options, cores, load, java.resolveSibling("jcmd"), logs, results);
    int turns =
        options.rounds
            * workloads.stream().mapToInt(workload -> results.servers(workload).size()).sum();
    contest.run(new Progress(System.out, turns, contest.expectedSeconds()));
    write(out, results, header);
  }

  private static void write(Path out, Results results, List<String> header) throws IOException {
    List<String> text = new TextReport(results, header).lines();
    Files.write(out.resolve("results.txt"), text);
    Files.write(out.resolve("results.csv"), new CsvReport(results).lines());
    Files.writeString(out.resolve("results.svg"), new Chart(results, header).svg());
    System.out.println();
    text.forEach(System.out::println);
    System.out.println();
    System.out.println("written to " + out + ": results.txt, results.csv, results.svg");
  }

  private Lineup lineup(List<String> jvmOptions) {
    List<String> command = new ArrayList<>(List.of("" + java));
    command.addAll(jvmOptions);
    command.addAll(
        List.of(
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", target.resolve("app") + "/*"));
    return new Lineup(command, target.resolve("c/raw_echo"));
  }

  // The same for all; on one processor the JVM takes its serial collector by itself.
  private static List<String> jvmOptions() {
    List<String> options = new ArrayList<>(List.of("-Xmx1g", "--enable-native-access=ALL-UNNAMED"));
    if (Runtime.version().feature() >= 23) options.add("--sun-misc-unsafe-memory-access=allow");
    return options;
  }

  private List<String> howMeasured() {
    return List.of(
        "measured  "
            + options.rounds
            + " round(s) in turn, "
            + options.seconds
            + " s each after "
            + options.warmupSeconds
            + " s of warm-up, every time a new process; medians, and ratios within a round");
  }

  private static void checkOpenFiles(List<Workload> workloads) throws IOException {
    int connections = workloads.stream().mapToInt(Workload::connections).max().orElse(0);
    long limit = Machine.openFiles();
    if (connections + OTHER_FILES <= limit) return;
    throw new IllegalArgumentException(
        "%d connections need %d open files, the limit here is %d: raise it with 'ulimit -n', or choose other --workloads"
            .formatted(connections, connections + OTHER_FILES, limit));
  }

  // This process works between the measurements only; what little it does meanwhile must not be at
  // the server's expense.
  private static void stayAwayFrom(Cores cores) throws IOException {
    Process taskset =
        Children.start(
            new ProcessBuilder(
                    "taskset",
                    "-a",
                    "-p",
                    "-c",
                    "" + cores.load(),
                    "" + ProcessHandle.current().pid())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD));
    taskset.onExit().join();
    Children.end(taskset);
  }
}
