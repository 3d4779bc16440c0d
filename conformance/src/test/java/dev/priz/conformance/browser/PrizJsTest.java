package dev.priz.conformance.browser;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.WebSocketServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The browser's client against literal messages of the protocol, in Node.js; the tests themselves
 * are in {@code priz-js}.
 */
final class PrizJsTest {
  private static final int DEADLINE_SECONDS = 120;

  @Test
  void passesItsOwnTests() throws Exception {
    Path folder = folder();
    copyClientTo(folder.resolve("priz.js"));
    // The reporter is named, for newer ones write for people unless they are told.
    List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=tap"));
    command.addAll(testsIn(folder));

    Path log = folder.resolve("node.log");
    int exitValue = run(command, folder, log);

    String output = Files.readString(log);
    assertThat(exitValue).as(output).isZero();
    assertThat(output).containsPattern("# tests [1-9]").contains("# skipped 0", "# todo 0");
  }

  // Where the build copied the tests to.
  private static Path folder() throws URISyntaxException {
    return Path.of(
            Objects.requireNonNull(PrizJsTest.class.getResource("/priz-js/package.json")).toURI())
        .getParent();
  }

  private static void copyClientTo(Path file) throws IOException {
    // From the artifact, as a web framework would take it.
    try (InputStream client =
        WebSocketServer.class.getResourceAsStream("/META-INF/resources/priz.js")) {
      Files.write(file, Objects.requireNonNull(client).readAllBytes());
    }
  }

  private static List<String> testsIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".test.mjs"))
          .sorted()
          .toList();
    }
  }

  private static int run(List<String> command, Path folder, Path log) throws Exception {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process node = start(builder);
    node.getOutputStream().close();
    if (node.waitFor(DEADLINE_SECONDS, SECONDS)) return node.exitValue();
    node.descendants().forEach(ProcessHandle::destroyForcibly);
    node.destroyForcibly().waitFor();
    throw new AssertionError("no end in " + DEADLINE_SECONDS + " s: " + Files.readString(log));
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException missing) {
      throw new AssertionError(
          "node is missing: the tests of priz.js need Node.js (Debian, Ubuntu: apt-get install"
              + " nodejs)",
          missing);
    }
  }
}
