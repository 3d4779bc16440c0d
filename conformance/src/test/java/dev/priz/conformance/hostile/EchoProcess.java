package dev.priz.conformance.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An {@link EchoProgram} that runs. */
final class EchoProcess implements AutoCloseable {
  private static final int END_SECONDS = 15;

  private final Process process;
  private final Path log;
  private final int port;

  private EchoProcess(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param port to listen on, 0 for a free one
   * @param descriptors what {@code ulimit -n} is to be for it
   * @param log what it writes to its standard error
   * @param options of its JVM
   */
  static EchoProcess start(int port, int descriptors, Path log, String... options)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", "-c"));
    command.add("ulimit -n " + descriptors + " && exec \"$@\"");
    command.add("bash");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(EchoProgram.class.getName(), "127.0.0.1:" + port));
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String line = out.readLine();
    if (line == null) throw new IOException("the server did not start: " + Files.readString(log));
    return new EchoProcess(process, log, Integer.parseInt(line));
  }

  int port() {
    return port;
  }

  /** What it has logged. */
  String log() throws IOException {
    return Files.readString(log);
  }

  /** How many file descriptors it has open. */
  int descriptors() {
    String[] names = Path.of("/proc/" + process.pid() + "/fd").toFile().list();
    return names == null ? 0 : names.length;
  }

  /** How much processor time it has used, in milliseconds. */
  long processorMillis() {
    return process.info().totalCpuDuration().orElseThrow().toMillis();
  }

  /** How much memory it has that is not swapped out. */
  long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (!line.startsWith("VmRSS:")) continue;
      return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    }
    throw new IOException("the server has ended");
  }

  /** Ends it as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS).join();
    kill();
  }
}
