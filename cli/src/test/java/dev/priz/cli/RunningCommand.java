package dev.priz.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command that runs in a thread of this JVM until it is closed. */
final class RunningCommand implements AutoCloseable {
  private final CompletableFuture<Integer> status = new CompletableFuture<>();
  private final BufferedReader out;
  private final Thread thread;

  private RunningCommand(String... arguments) throws IOException {
    var pipe = new PipedInputStream();
    var streams =
        new Streams(
            InputStream.nullInputStream(),
            new PipedOutputStream(pipe),
            new PrintStream(OutputStream.nullOutputStream(), true, UTF_8),
            false,
            false);
    out = new BufferedReader(new InputStreamReader(pipe, UTF_8));
    thread =
        Thread.ofPlatform()
            .start(() -> status.complete(Main.commandLine(streams).execute(arguments)));
  }

  /** Starts a command. */
  static RunningCommand start(String... arguments) throws IOException {
    return new RunningCommand(arguments);
  }

  /** Waits for the next line of its output. */
  String nextLine() throws IOException {
    return requireNonNull(out.readLine(), "the output has ended");
  }

  /** Interrupts it and waits for its exit status. */
  int stop() throws InterruptedException, ExecutionException, TimeoutException {
    thread.interrupt();
    return status.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException | ExecutionException | TimeoutException unstoppable) {
      throw new AssertionError("the command does not stop", unstoppable);
    }
  }
}
