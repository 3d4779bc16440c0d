package dev.priz.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server as a process of its own, on a port and a processor of its own. */
final class RunningServer implements AutoCloseable {
  private static final long START_NANOS = 30_000_000_000L;
  private static final int RETRY_MILLIS = 20;

  private final Process process;
  private final int port;

  private RunningServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a server, and waits until it accepts connections.
   *
   * @param log where its own output goes
   * @param jvmOptions more of them, if it is in Java
   * @throws IOException if it does not accept any
   */
  static RunningServer start(Server server, int processor, Path log, List<String> jvmOptions)
      throws IOException, InterruptedException {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of("taskset", "-c", "" + processor));
    command.addAll(server.command(port));
    // Right behind "taskset -c N java".
    if (server.isJava()) command.addAll(4, jvmOptions);
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    var running = new RunningServer(Children.start(builder), port);
    try {
      running.awaitPort(log);
    } catch (IOException | InterruptedException failure) {
      running.close();
      throw failure;
    }
    return running;
  }

  int port() {
    return port;
  }

  /** Its process. */
  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    Children.end(process);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitPort(Path log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_NANOS;
    while (!accepts()) {
      if (!process.isAlive()) throw new IOException("does not start: " + reason(log));
      if (System.nanoTime() > deadline) throw new IOException("does not listen after 30 seconds");
      Thread.sleep(RETRY_MILLIS);
    }
  }

  private boolean accepts() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  // The line that names the exception, if there is one.
  private static String reason(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
    return lines.stream()
            .filter(line -> line.startsWith("Exception in"))
            .findFirst()
            .or(() ->
                lines.isEmpty()
                    ? java.util.Optional.empty()
                    : java.util.Optional.of(lines.getLast()))
            .orElse("it says nothing")
        + " ("
        + log
        + ")";
  }
}
