package dev.priz.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.impl.DumbTerminal;

/**
 * Runs each command once and out of sight. The launcher has a JVM archive the classes that this
 * loads, which spares every later start a third of its time.
 */
final class Rehearsal {
  private static final int DEADLINE_SECONDS = 30;

  private Rehearsal() {}

  /** Runs the commands, and gives up after a while. */
  public static void main(String[] arguments) throws IOException {
    CompletableFuture.delayedExecutor(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .execute(() -> Runtime.getRuntime().halt(1));
    run();
  }

  /**
   * Runs the commands.
   *
   * @throws IOException if a server does not start or the page of the demos does not come
   */
  static void run() throws IOException {
    execute("", OutputStream.nullOutputStream(), "--help");
    whileServing(
        "echo",
        line -> {
          String address = line.substring("listening on ".length());
          execute("hi\n", OutputStream.nullOutputStream(), "connect", address, "--count", "1");
          execute(
              "", OutputStream.nullOutputStream(), "bench", address, "-d=200ms", "--warm-up=0s");
        });
    whileServing(
        "demo", line -> URI.create(line.substring("open ".length())).toURL().openStream().close());
    prompt();
  }

  /** What is done with a server whose first line of output has come. */
  private interface Scene {
    void play(String line) throws IOException;
  }

  private static void whileServing(String command, Scene scene) throws IOException {
    var pipe = new PipedInputStream();
    var out = new PipedOutputStream(pipe);
    Thread server = Thread.ofPlatform().start(() -> execute("", out, command, "--port", "0"));
    try (var lines = new BufferedReader(new InputStreamReader(pipe, UTF_8))) {
      String line = lines.readLine();
      if (line == null) throw new IOException("priz " + command + " does not start");
      scene.play(line);
    } finally {
      server.interrupt();
    }
  }

  private static void prompt() throws IOException {
    InputStream keyboard = new ByteArrayInputStream("hi\n".getBytes(UTF_8));
    try (var prompt = new Prompt(new DumbTerminal(keyboard, OutputStream.nullOutputStream()))) {
      prompt.next();
      prompt.note("bye");
    }
  }

  private static void execute(String input, OutputStream out, String... arguments) {
    var streams =
        new Streams(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            out,
            new PrintStream(OutputStream.nullOutputStream(), true, UTF_8),
            false,
            false);
    Main.commandLine(streams).execute(arguments);
  }
}
