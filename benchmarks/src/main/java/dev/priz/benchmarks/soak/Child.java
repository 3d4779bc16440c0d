package dev.priz.benchmarks.soak;

import dev.priz.benchmarks.Children;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that is told what to do in lines, and answers in lines. Its samples come in between.
 */
final class Child implements AutoCloseable {
  private static final String SAMPLE = "sample ";
  private static final String END = "";

  private final String name;
  private final Path log;
  private final Process process;
  private final PrintWriter commands;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private volatile Figures latest = Figures.NONE;

  private Child(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  /**
   * Starts a process.
   *
   * @param log where its errors go
   */
  static Child start(String name, List<String> command, Path log) throws IOException {
    var builder = new ProcessBuilder(command).redirectError(log.toFile());
    var child = new Child(name, log, Children.start(builder));
    Thread.ofPlatform().daemon().name("soak-" + name).start(child::listen);
    return child;
  }

  /** Its last sample. */
  Figures latest() {
    return latest;
  }

  /** Tells it something. */
  void tell(String line) {
    commands.println(line);
  }

  /**
   * Waits for the next answer.
   *
   * @param word what it begins with
   * @return the rest of it
   * @throws IOException if there is another, or none in time
   */
  String answer(String word, Duration patience) throws IOException, InterruptedException {
    String answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (answer == null) {
      throw new IOException("no \"" + word + "\" from the " + name + " in " + patience);
    }
    if (answer.equals(END)) throw new IOException("the " + name + " ended, see " + log);
    if (!answer.startsWith(word)) throw new IOException("the " + name + " says: " + answer);
    return answer.substring(word.length()).trim();
  }

  /** Whether it has answered with a word, which is asked once. */
  boolean hasSaid(String word) {
    return answers.remove(word);
  }

  /**
   * Checks that it is still there.
   *
   * @throws IOException if it is not
   */
  void check() throws IOException {
    if (!process.isAlive()) throw new IOException("the " + name + " ended, see " + log);
  }

  @Override
  public void close() {
    Children.end(process);
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(SAMPLE)) {
          latest = Figures.of(line.substring(SAMPLE.length()));
        } else {
          answers.add(line);
        }
      }
    } catch (IOException ended) {
      // As at the end of its output.
    }
    answers.add(END);
  }
}
