package dev.priz.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a process holds in memory, in KiB.
 *
 * @param heap live objects; 0 for a program that is not in Java
 * @param direct what the JVM has outside its heap for the program, which are its direct buffers; 0
 *     likewise
 * @param resident what the operating system has given it
 */
record Memory(double heap, double direct, double resident) {
  /** What a JVM has to be started with for this. */
  static final String JVM_OPTION = "-XX:NativeMemoryTracking=summary";

  private static final Pattern HEAP = Pattern.compile("total .*used (\\d+)K");
  private static final Pattern DIRECT =
      Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB\\)");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  /** Reads a process after a garbage collection. */
  static Memory of(long pid, boolean java, Path jcmd) throws IOException {
    double heap = 0;
    double direct = 0;
    if (java) {
      // Twice: the first may leave what only the second finds to be unreachable.
      ask(jcmd, pid, "GC.run");
      ask(jcmd, pid, "GC.run");
      heap = sum(HEAP, ask(jcmd, pid, "GC.heap_info"));
      direct = sum(DIRECT, ask(jcmd, pid, "VM.native_memory", "summary"));
    }
    return new Memory(
        heap, direct, sum(RESIDENT, Files.readString(Path.of("/proc/" + pid + "/status"))));
  }

  /** What each of some connections costs, given what the process held before them. */
  Measurement since(Memory before, int connections, boolean java) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(Metric.RESIDENT_KIB, (resident - before.resident) / connections);
    if (java) {
      values.put(Metric.HEAP_KIB, (heap - before.heap) / connections);
      values.put(Metric.DIRECT_KIB, (direct - before.direct) / connections);
      values.put(Metric.HELD_KIB, (heap + direct - before.heap - before.direct) / connections);
    }
    return Measurement.of(values);
  }

  private static String ask(Path jcmd, long pid, String... question) throws IOException {
    var builder = new ProcessBuilder("" + jcmd, "" + pid).redirectErrorStream(true);
    for (String word : question) builder.command().add(word);
    Process process = Children.start(builder);
    try (BufferedReader reader = process.inputReader()) {
      return reader.lines().collect(Collectors.joining("\n"));
    } finally {
      Children.end(process);
    }
  }

  private static double sum(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) throw new IOException("no \"" + pattern + "\" in what the JVM says");
    double sum = 0;
    do {
      sum += Double.parseDouble(matcher.group(1));
    } while (matcher.find());
    return sum;
  }
}
