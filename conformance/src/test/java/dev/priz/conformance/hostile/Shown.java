package dev.priz.conformance.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the tests of this build have shown of each row. */
final class Shown {
  private static final List<String> MODULES = List.of("core", "websocket", "conformance");

  private final Map<String, Set<String>> tests = new TreeMap<>();
  private final Map<String, Set<String>> failures = new TreeMap<>();

  private Shown() {}

  /** Reads what the modules' tests have noted. */
  static Shown read() throws IOException {
    var shown = new Shown();
    for (String module : MODULES) {
      Path folder = Path.of("..", module, "target", "rows");
      if (!Files.isDirectory(folder)) continue;
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) shown.add(file);
      }
    }
    return shown;
  }

  /** The ids that tests are named after. */
  Set<String> ids() {
    return tests.keySet();
  }

  /** The classes whose tests are named after a row. */
  Set<String> tests(String id) {
    return tests.getOrDefault(id, Set.of());
  }

  /** Those of them in which such a test failed or was switched off. */
  Set<String> failures(String id) {
    return failures.getOrDefault(id, Set.of());
  }

  private void add(Path file) throws IOException {
    String className = file.getFileName().toString();
    String name = className.substring(className.lastIndexOf('.') + 1);
    for (String line : Files.readAllLines(file)) {
      String id = line.substring(0, line.indexOf(' '));
      tests.computeIfAbsent(id, row -> new TreeSet<>()).add(name);
      // A test that cannot run on this machine says nothing.
      if (!line.endsWith(" SUCCESSFUL") && !line.endsWith(" ABORTED")) {
        failures.computeIfAbsent(id, row -> new TreeSet<>()).add(name);
      }
    }
  }
}
