package dev.priz.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process of this program's, whose descriptors and time are its own; it is told lines. */
public final class Worker implements AutoCloseable {
  private final String name;
  private final Process process;
  private final PrintWriter commands;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private Worker(String name, Process process) {
    this.name = name;
    this.process = process;
    commands = new PrintWriter(process.outputWriter(UTF_8), true);
    Thread.ofPlatform().daemon().name(name).start(this::listen);
  }

  /** Starts one with a heap of at least 1 GiB; the rest as below. */
  public static Worker start(List<String> through, Class<?> main, String... arguments)
      throws IOException {
    return start(through, "1g", main, arguments);
  }

  /**
   * Starts one.
   *
   * @param through the command that runs it, such as {@code taskset -c 1}; empty for none
   * @param touched how much of its heap of 4 GiB it has from the start, as {@code -Xms} takes it
   * @param main what it runs
   */
  public static Worker start(
      List<String> through, String touched, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(through);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    // As wherever there are two processors; on the one that it is pinned to, a JVM would choose the
    // collector that stops for longest.
    command.add("-XX:+UseG1GC");
    // Who first uses a page of the heap waits for it; for some that would be in a measurement.
    command.addAll(List.of("-Xmx4g", "-Xms" + touched, "-XX:+AlwaysPreTouch"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    return new Worker(main.getSimpleName(), Children.start(builder));
  }

  /** Tells it something. */
  public void tell(String command) {
    commands.println(command);
  }

  /** Waits for an answer that begins with a word, and gives the rest. */
  public String expect(String word, Duration patience) throws IOException, InterruptedException {
    String answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (answer == null || !answer.startsWith(word)) {
      throw new IOException("expected \"" + word + "\" of " + name + ", got: " + answer);
    }
    return answer.substring(word.length()).strip();
  }

  @Override
  public void close() {
    Children.end(process);
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      lines.lines().forEach(answers::add);
    } catch (IOException | UncheckedIOException ended) {
      // As at the end of its output.
    }
  }
}
