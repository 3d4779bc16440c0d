package dev.priz.benchmarks.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The process of the subscribers, whose descriptors and time are not the server's. */
final class Audience implements AutoCloseable {
  private final Process process;
  private final PrintWriter commands;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private Audience(Process process) {
    this.process = process;
    commands = new PrintWriter(process.outputWriter(UTF_8), true);
    Thread.ofPlatform().daemon().name("audience").start(this::listen);
  }

  /** Starts one that does as {@link Listeners} or {@link Recoverers} say. */
  static Audience start(String kind, int port, int count) throws IOException {
    String main = kind.equals("listen") ? "Listeners" : "Recoverers";
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx4g",
            "-cp",
            System.getProperty("java.class.path"),
            Audience.class.getPackageName() + "." + main,
            "ws://127.0.0.1:" + port,
            Integer.toString(count));
    return new Audience(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  void tell(String command) {
    commands.println(command);
  }

  /** Waits for an answer that begins with a word, and gives the rest. */
  String expect(String word, Duration patience) throws IOException, InterruptedException {
    String answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (answer == null || !answer.startsWith(word)) {
      throw new IOException("expected \"" + word + "\" of the subscribers, got: " + answer);
    }
    return answer.substring(word.length()).strip();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      lines.lines().forEach(answers::add);
    } catch (IOException | java.io.UncheckedIOException ended) {
      // As at the end of its output.
    }
  }
}
