package dev.priz.conformance.autobahn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that runs the suite; it never outlives this JVM, however that ends. */
final class SuiteProcess implements AutoCloseable {
  private static final Pattern CASE = Pattern.compile("Running test case ID ([0-9.]+) for .*");
  private static final Pattern LISTENING = Pattern.compile("LISTENING ([0-9]+)");

  private final SuiteFiles files;
  private final Progress progress;
  private final Process process;
  private final Thread atExit;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final CompletableFuture<Void> outputEnded = new CompletableFuture<>();

  private SuiteProcess(SuiteFiles files, Progress progress, Process process) {
    this.files = files;
    this.progress = progress;
    this.process = process;
    this.atExit = new Thread(process::destroyForcibly, "autobahn-at-exit");
  }

  /** Starts the suite as {@code client} or {@code server}. */
  static SuiteProcess start(String mode, SuiteFiles files, Path spec, Progress progress) {
    ProcessBuilder builder =
        jython(files, files.program().toString(), files.suite().toString(), mode, spec.toString());
    try {
      var started = new SuiteProcess(files, progress, builder.start());
      Runtime.getRuntime().addShutdownHook(started.atExit);
      Thread.ofPlatform().daemon().name("autobahn-output").start(started::readOutput);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A Python program, in the run's folder; what it prints to either output comes as one. */
  static ProcessBuilder jython(SuiteFiles files, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // it lives for seconds: the second compiler is too late
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData", // no file in the system's folder for temporary files
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + files.reports(),
                "-Dpython.cachedir.skip=true",
                "-cp",
                files.runtime(),
                "org.python.util.jython",
                // Writes no bytecode, ignores the user's settings and packages, does not buffer.
                "-BEsu"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .directory(files.reports().toFile());
  }

  /** Waits until the server listens, and returns its port. */
  int port(Duration deadline) throws InterruptedException {
    try {
      return port.get(deadline.toMillis(), MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw failure("does not listen", e);
    }
  }

  /** Ends the process's input, which makes a server write its report and exit. */
  void endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the process has done what it was started for, and says how far it is. */
  void awaitEnd(Duration deadline) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + deadline.toNanos();
    while (!process.waitFor(Progress.waitNanos(deadlineNanos), NANOSECONDS)) {
      progress.print();
      if (System.nanoTime() - deadlineNanos >= 0) {
        throw failure("did not end in " + deadline.toSeconds() + " s", null);
      }
    }
    outputEnded.join();
    if (process.exitValue() != 0) {
      throw failure("ended with status " + process.exitValue(), null);
    }
  }

  /** An error that says how far the run was and where its output is. */
  AssertionError failure(String what, Throwable cause) {
    return new AssertionError(progress + ": " + what + ", see " + files.log(), cause);
  }

  /** Kills the process, if it is still there, and returns when it is gone. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    outputEnded.join();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private void readOutput() {
    try (BufferedReader reader = process.inputReader(UTF_8);
        Writer log = Files.newBufferedWriter(files.log())) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        log.append(line).append('\n');
        Matcher started = CASE.matcher(line);
        Matcher listening = LISTENING.matcher(line);
        if (started.matches()) {
          progress.caseStarts(started.group(1));
        } else if (listening.matches()) {
          port.complete(Integer.valueOf(listening.group(1)));
        }
      }
    } catch (IOException e) {
      port.completeExceptionally(e);
    } finally {
      port.completeExceptionally(new IOException("its output has ended"));
      outputEnded.complete(null);
    }
  }
}
