package dev.priz.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the processor time of a server goes while it is measured, as Linux's {@code perf} sees it.
 */
final class Profile implements AutoCloseable {
  private static final int PER_SECOND = 999;
  private static final int MOST_SYMBOLS = 12;

  private final Process recorder;
  private final Path data;
  private final Path map;
  private final RunningServer server;

  private Profile(Process recorder, Path data, RunningServer server) {
    this.recorder = recorder;
    this.data = data;
    this.server = server;
    map = Path.of("/tmp/perf-" + server.pid() + ".map");
  }

  /** Whose code it is that runs. */
  enum Share {
    KERNEL("kernel"),
    PRIZ("Priz"),
    NETTY("Netty"),
    NETTY_C("Netty in C"),
    JDK("JDK"),
    OTHER_JAVA("other Java"),
    JVM("JVM"),
    COMPILER("JIT compiler"),
    COLLECTOR("garbage collector"),
    C("C"),
    UNKNOWN("not known");

    private final String title;

    Share(String title) {
      this.title = title;
    }

    /**
     * Who it is.
     *
     * @param thread its name, cut off by the kernel
     * @param object the library, or what stands for compiled Java
     * @param symbol the function
     */
    static Share of(String thread, String object, String symbol) {
      if (thread.startsWith("C1 Comp") || thread.startsWith("C2 Comp")) return COMPILER;
      if (thread.startsWith("GC ") || thread.startsWith("G1 ") || thread.startsWith("VM T")) {
        return COLLECTOR;
      }
      if (object.startsWith("[kernel")) return KERNEL;
      if (object.startsWith("[unknown")) return UNKNOWN;
      if (object.contains("JIT") || object.contains("perf-")) return ofJava(symbol);
      if (object.contains("libnetty")) return NETTY_C;
      return object.contains("libjvm") ? JVM : C;
    }

    private static Share ofJava(String symbol) {
      if (symbol.contains("dev.priz.benchmarks")) return OTHER_JAVA;
      if (symbol.contains("dev.priz.")) return PRIZ;
      if (symbol.contains("io.netty.")) return NETTY;
      if (symbol.contains("java.") || symbol.contains("jdk.") || symbol.contains("sun.")) {
        return JDK;
      }
      // The interpreter and the stubs have no package.
      return symbol.contains(".") ? OTHER_JAVA : JVM;
    }
  }

  /**
   * Begins to record once the server is warm.
   *
   * @param folder for what is recorded
   * @param processor on which the recorder does not disturb the server
   */
  static Profile start(
      RunningServer server, Path folder, int processor, double warmupSeconds, double seconds)
      throws IOException {
    Path data = folder.resolve("perf-" + server.pid() + ".data");
    String command =
        String.format(
            Locale.ROOT,
            "sleep %s; exec perf record -q -F %d -e cpu-clock -p %d -o '%s' -- sleep %s",
            warmupSeconds + 0.5,
            PER_SECOND,
            server.pid(),
            data,
            Math.max(0.1, seconds - 0.5));
    var builder =
        new ProcessBuilder("taskset", "-c", "" + processor, "bash", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("perf.log").toFile());
    return new Profile(Children.start(builder), data, server);
  }

  /**
   * What it found; to be called while the server is still there.
   *
   * @param jcmd names the JVM's compiled methods; null for a server in another language
   */
  List<String> lines(@Nullable Path jcmd) throws IOException, InterruptedException {
    if (recorder.waitFor() != 0) {
      throw new IOException("perf does not work here, see perf.log beside " + data);
    }
    if (jcmd != null) run("" + jcmd, "" + server.pid(), "Compiler.perfmap");
    List<String> report =
        run(
            "perf",
            "report",
            "-i",
            "" + data,
            "--stdio",
            "--no-children",
            "-g",
            "none",
            "-t",
            "|",
            "--sort",
            "comm,dso,sym");
    Map<Share, Double> shares = new EnumMap<>(Share.class);
    Map<String, Double> symbols = new HashMap<>();
    for (String line : report) {
      String[] cells = line.split("\\|", 4);
      if (line.startsWith("#") || cells.length < 4) continue;
      double percent = Double.parseDouble(cells[0].replace("%", "").trim());
      Share share = Share.of(cells[1].trim(), cells[2].trim(), cells[3].trim());
      shares.merge(share, percent, Double::sum);
      // Behind the letter of the mode, "[k]" or "[.]".
      symbols.merge(share.title + ": " + cells[3].trim().substring(3).trim(), percent, Double::sum);
    }
    List<String> lines = new ArrayList<>();
    shares.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(share -> lines.add(line(share.getKey().title, share.getValue())));
    lines.add("of which");
    symbols.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_SYMBOLS)
        .forEach(symbol -> lines.add(line(symbol.getKey(), symbol.getValue())));
    return lines;
  }

  @Override
  public void close() throws IOException {
    Children.end(recorder);
    Files.deleteIfExists(map);
    Files.deleteIfExists(data);
  }

  private static String line(String name, double percent) {
    return String.format(Locale.ROOT, "  %5.1f %%  %s", percent, name);
  }

  private static List<String> run(String... command) throws IOException {
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = Children.start(builder);
    try (var reader = process.inputReader()) {
      return reader.lines().toList();
    } finally {
      Children.end(process);
    }
  }
}
