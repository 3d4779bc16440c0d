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
    return new NodeProcess(run(folder, "node", "peer.mjs"), listener);
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
    Process npm =
        run(folder, "npm", "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund");
    String output = new String(npm.getInputStream().readAllBytes(), UTF_8);
    if (!npm.waitFor(INSTALL_SECONDS, SECONDS) || npm.exitValue() != 0) {
      npm.destroyForcibly();
      throw new IllegalStateException("npm ci failed in " + folder + ": " + output);
    }
    Files.copy(wanted, installed);
  }

  private static Process run(Path folder, String... command) throws IOException {
    try {
      return new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException missing) {
      throw new IllegalStateException(
          command[0]
              + " is missing: the interoperability tests need Node.js with npm"
              + " (Debian, Ubuntu: apt-get install nodejs npm)",
          missing);
    }
  }
}
