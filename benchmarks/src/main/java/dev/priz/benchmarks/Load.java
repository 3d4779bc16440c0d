package dev.priz.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The load generator, a program in C, and what it says. */
final class Load {
  // What a start, thousands of handshakes and an end may take beyond the time that was asked for.
  private static final int PATIENCE_SECONDS = 90;

  private final Path program;
  private final int processor;
  private final String engine;
  private final Path errors;

  /**
   * The generator.
   *
   * @param processor the one that it runs on
   * @param errors where it may leave what goes wrong
   */
  Load(Path program, int processor, String engine, Path errors) {
    this.program = program;
    this.processor = processor;
    this.engine = engine;
    this.errors = errors;
  }

  /**
   * Puts load on a server and measures.
   *
   * @throws IOException if the server does not do what it should, with the reason
   */
  Measurement measure(
      Workload workload, boolean raw, RunningServer server, double warmupSeconds, double seconds)
      throws IOException, InterruptedException {
    List<String> command = command(workload, raw, server);
    command.addAll(List.of("--warmup", "" + warmupSeconds, "--seconds", "" + seconds));
    Process process = start(command);
    try {
      long patience = PATIENCE_SECONDS + (long) (warmupSeconds + seconds);
      if (!process.waitFor(patience, TimeUnit.SECONDS))
        throw new IOException("the load did not end in time");
      var lines = new ArrayList<String>();
      try (BufferedReader reader = process.inputReader()) {
        reader.lines().forEach(lines::add);
      }
      if (process.exitValue() != 0) throw new IOException(lastError());
      return read(lines, workload);
    } finally {
      Children.end(process);
    }
  }

  /**
   * Opens idle connections.
   *
   * @return the process that holds them, until it is ended
   */
  Process hold(Workload workload, boolean raw, RunningServer server) throws IOException {
    Process process = start(command(workload, raw, server));
    // Not closed: that would end the process.
    String line = process.inputReader().readLine();
    if (line == null) {
      Children.end(process);
      throw new IOException(lastError());
    }
    if (!line.equals("ready errors=0")) {
      Children.end(process);
      throw new IOException("the echoes were wrong: " + line);
    }
    return process;
  }

  /** What the generator's lines say. */
  static Measurement read(List<String> lines, Workload workload) throws IOException {
    Map<String, String> words = new HashMap<>();
    for (String line : lines) {
      for (String word : line.split(" ", -1)) {
        int equals = word.indexOf('=');
        if (equals > 0) words.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    double messages = number(words, "messages");
    if (messages == 0) throw new IOException("no message came back");
    if (number(words, "errors") > 0) throw new IOException(words.get("errors") + " wrong answers");
    double seconds = number(words, "seconds");
    double user = number(words, "server_user");
    double system = number(words, "server_system");
    double load = number(words, "load");
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(Metric.RATE, messages / seconds);
    values.put(Metric.USER_MICROS, user * 1e6 / messages);
    values.put(Metric.SYSTEM_MICROS, system * 1e6 / messages);
    values.put(Metric.CPU_MICROS, (user + system) * 1e6 / messages);
    values.put(Metric.P50_MICROS, number(words, "p50"));
    values.put(Metric.P99_MICROS, number(words, "p99"));
    values.put(Metric.P999_MICROS, number(words, "p999"));
    values.put(Metric.SERVER_PERCENT, (user + system) * 100 / seconds);
    values.put(Metric.LOAD_PERCENT, load * 100 / seconds);
    double others = number(words, "busy") - user - system - load + number(words, "stolen");
    values.put(Metric.OTHERS_PERCENT, Math.max(0, others * 100 / seconds));
    if (workload.kind() == Workload.Kind.ACCEPT) {
      values.put(Metric.ALL_OPEN_MILLIS, seconds * 1e3 * workload.connections() / messages);
      values.put(Metric.FIRST_OPEN_MILLIS, number(words, "millis"));
    }
    if (workload.deflated()) {
      values.put(Metric.ANSWER_BYTES, number(words, "answer_bytes"));
      values.put(Metric.PLAIN_PERCENT, number(words, "plain") * 100);
    }
    return Measurement.of(values);
  }

  private static double number(Map<String, String> words, String key) throws IOException {
    String value = words.get(key);
    if (value == null) throw new IOException("the load generator did not say '" + key + "'");
    return Double.parseDouble(value);
  }

  private List<String> command(Workload workload, boolean raw, RunningServer server) {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", "" + processor, "" + program));
    command.addAll(List.of("--mode", workload.kind().name().toLowerCase(java.util.Locale.ROOT)));
    command.addAll(List.of("--port", "" + server.port(), "--server", "" + server.pid()));
    command.addAll(
        List.of("--connections", "" + workload.connections(), "--depth", "" + workload.depth()));
    command.addAll(List.of("--bytes", "" + workload.bytes(), "--engine", engine));
    command.addAll(
        List.of("--path", workload.kind() == Workload.Kind.BROADCAST ? "/broadcast" : "/"));
    if (workload.content() == Workload.Content.BINARY) command.add("--binary");
    if (workload.deflated()) command.add("--deflate");
    if (raw) command.add("--raw");
    return command;
  }

  private Process start(List<String> command) throws IOException {
    return Children.start(new ProcessBuilder(command).redirectError(errors.toFile()));
  }

  private String lastError() throws IOException {
    List<String> lines = Files.readAllLines(errors);
    return lines.isEmpty()
        ? "the load generator failed"
        : lines.getLast().replaceFirst("^load: ", "");
  }
}
