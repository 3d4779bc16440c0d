package dev.priz.conformance.autobahn;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the parts of the suite are, and where a run leaves its files.
 *
 * @param reports the run's own folder, under the build's
 */
record SuiteFiles(Path reports) {
  private static final Path PROGRAM = path(SuiteFiles.class.getResource("/autobahn/suite.py"));
  private static final Path TEST_CLASSES = PROGRAM.getParent().getParent();
  private static final Path HOME = TEST_CLASSES.resolveSibling("autobahn");

  /** A new, empty folder for one run. */
  static SuiteFiles forRun(String agent) {
    if (!agent.matches("[a-z0-9_-]+")) {
      throw new IllegalArgumentException("agent is \"" + agent + "\", expected a-z, 0-9, - and _");
    }
    Path reports = HOME.resolve("reports").resolve(agent);
    try {
      delete(reports);
      Files.createDirectories(reports);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SuiteFiles(reports);
  }

  /** The suite's own sources. */
  Path suite() {
    return present(HOME.resolve("suite"));
  }

  /** What runs them: the class path. */
  String runtime() {
    return present(HOME.resolve("jython.jar"))
        + File.pathSeparator
        + present(HOME.resolve("jzlib.jar"));
  }

  /** One of the files that the cases send. */
  Path testData(String name) {
    return present(suite().resolve("autobahntestsuite").resolve("testdata").resolve(name));
  }

  /** The Python program that starts the suite; its folder has what else is ours. */
  Path program() {
    return PROGRAM;
  }

  /** Everything that the process printed. */
  Path log() {
    return reports.resolve("output.log");
  }

  /** Writes down what the suite is to do; an empty URL where it is to choose a port. */
  Path writeSpec(String agent, String url, Cases cases) {
    Map<String, Object> spec =
        Map.of(
            "servers", List.of(Map.of("agent", agent, "url", url)),
            "options", Map.of("failByDrop", false),
            "outdir", reports.toString(),
            "cases", cases.patterns(),
            "deflateMessages", cases.deflateMessages());
    Path file = reports.resolve("spec.json");
    new JsonMapper().writeValue(file, spec);
    return file;
  }

  private static Path present(Path path) {
    if (!Files.exists(path)) {
      throw new IllegalStateException(path + " is missing, the build puts it there before tests");
    }
    return path;
  }

  private static Path path(URL resource) {
    try {
      return Path.of(resource.toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
