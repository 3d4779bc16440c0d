package dev.priz.conformance.browser;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.priz.WebSocketServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium with an empty profile; neither outlives this JVM. */
final class Chromium implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
  private static final int START_SECONDS = 40;
  private static final int STOP_SECONDS = 10;

  private final Path profile;
  private final Process process;
  private final Thread atExit = new Thread(this::destroy, "chromium-at-exit");
  private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> address = new CompletableFuture<>();
  private final DevTools devTools;

  private Chromium(Path profile, Process process) {
    this.profile = profile;
    this.process = process;
    Runtime.getRuntime().addShutdownHook(atExit);
    Thread.ofPlatform().daemon().name("chromium-output").start(this::readOutput);
    try {
      devTools = new DevTools(address.orTimeout(START_SECONDS, SECONDS).join());
    } catch (CompletionException e) {
      forget();
      throw new AssertionError("Chromium does not start: " + String.join("\n", output), e);
    }
  }

  /** Starts a browser; fails, and says how to get one, if there is none. */
  static Chromium start() throws IOException {
    Path profile = Files.createTempDirectory("priz-chromium");
    List<String> command =
        List.of(
            "chromium",
            "--headless",
            "--no-sandbox", // it opens our own pages only, and CI runs it as root
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    // What it keeps outside of its profile is deleted with it.
    for (String home : List.of("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")) {
      builder.environment().put(home, profile.toString());
    }
    try {
      return new Chromium(profile, builder.start());
    } catch (IOException e) {
      Files.delete(profile);
      throw new AssertionError("there is no 'chromium' on the PATH; ./check installs it", e);
    }
  }

  /**
   * Opens a page of a server as one more visitor would: without storage or a window in common with
   * others.
   */
  Page open(WebSocketServer server, String path) {
    return Page.open(devTools, server.address().replace("ws:", "http:") + path);
  }

  /** Ends the browser with all its processes, and deletes its profile. */
  @Override
  public void close() {
    try (devTools) {
      // It tidies up behind itself; what is left after a while is killed.
      devTools.call("Browser.close");
      process.toHandle().onExit().completeOnTimeout(null, STOP_SECONDS, SECONDS).join();
    } finally {
      forget();
    }
  }

  private void readOutput() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        Matcher listening = LISTENING.matcher(line);
        if (listening.matches()) address.complete(listening.group(1));
        if (!address.isDone()) output.add(line);
      }
    } catch (IOException e) {
      address.completeExceptionally(e);
    }
    address.completeExceptionally(new IOException("the process has ended"));
  }

  private void forget() {
    destroy();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private void destroy() {
    List<ProcessHandle> family =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    family.forEach(ProcessHandle::destroyForcibly);
    Stream<CompletableFuture<ProcessHandle>> ends = family.stream().map(ProcessHandle::onExit);
    CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
        .orTimeout(STOP_SECONDS, SECONDS)
        .join();
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
