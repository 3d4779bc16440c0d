package dev.priz.conformance.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Node.js with the program {@code peer.mjs}; commands and events are lines of JSON. It ends when
 * its input does.
 */
final class NodeProcess {
  private static final int INSTALL_SECONDS = 120;
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final Thread reader;

  private NodeProcess(Process process, Consumer<JsonNode> listener) {
    this.process = process;
    reader = Thread.ofPlatform().daemon().name("interop-node").start(() -> read(listener));
  }

  /**
   * Starts it.
   *
   * @param listener is given the events, on one thread
   */
  static NodeProcess start(Consumer<JsonNode> listener) throws Exception {
    Path folder = folder();
    install(folder);
    Process node =
        start(command(folder, "node", "peer.mjs").redirectError(ProcessBuilder.Redirect.INHERIT));
    return new NodeProcess(node, listener);
  }

  /** Gives a command; for any thread. */
  synchronized void tell(Map<String, ?> command) throws IOException {
    process.getOutputStream().write((JSON.writeValueAsString(command) + "\n").getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  /** Ends it. */
  void stop() throws Exception {
    process.getOutputStream().close();
    if (!process.waitFor(Heard.DEADLINE_SECONDS, SECONDS)) process.destroyForcibly().waitFor();
    reader.join();
  }

  private void read(Consumer<JsonNode> listener) {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        listener.accept(JSON.readTree(line));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  // Where the build copied the program and its package.json to.
  private static Path folder() throws URISyntaxException {
    return Path.of(
            Objects.requireNonNull(NodeProcess.class.getResource("/interop/package.json")).toURI())
        .getParent();
  }

  private static synchronized void install(Path folder) throws Exception {
    Path wanted = folder.resolve("package-lock.json");
    Path installed = folder.resolve("node_modules").resolve("installed-lock.json");
    if (Files.exists(installed) && Files.mismatch(wanted, installed) < 0) return;
    npmCi(folder);
    Files.copy(wanted, installed);
  }

  // The registry and its cache are the user's own; the lock file says what must come from there.
  private static void npmCi(Path folder) throws Exception {
    Path log = folder.resolve("npm.log");
    Process npm =
        start(
            command(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()));
    npm.getOutputStream().close();
    boolean ended = npm.waitFor(INSTALL_SECONDS, SECONDS);
    if (ended && npm.exitValue() == 0) return;
    npm.descendants().forEach(ProcessHandle::destroyForcibly);
    npm.destroyForcibly().waitFor();
    String what = ended ? "failed" : "did not end in " + INSTALL_SECONDS + " s";
    throw new IllegalStateException("npm ci " + what + ": " + Files.readString(log));
  }

  private static ProcessBuilder command(Path folder, String... words) {
    return new ProcessBuilder(words).directory(folder.toFile());
  }

  private static Process start(ProcessBuilder command) {
    try {
      return command.start();
    } catch (IOException missing) {
      throw new IllegalStateException(
          command.command().get(0)
              + " is missing: the interoperability tests need Node.js with npm"
              + " (Debian, Ubuntu: apt-get install nodejs npm)",
          missing);
    }
  }
}
