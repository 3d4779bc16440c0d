package dev.priz.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of the project, wherever the test was started. */
final class Repository {
  private static final List<String> MODULES =
      List.of("core", "websocket", "demo", "cli", "conformance");
  private static final Path ROOT = root(Path.of("").toAbsolutePath());

  private Repository() {}

  /** The pages of the documentation. */
  static List<Path> pages() {
    var top = List.of("README.md", "README.tr.md", "CHANGELOG.md", "CONTRIBUTING.md");
    return Stream.concat(top.stream().map(ROOT::resolve), files("docs", ".md").stream()).toList();
  }

  /** A page by its path in the project. */
  static Path page(String path) {
    return ROOT.resolve(path);
  }

  /** The texts of all Java sources, by the name of their class. */
  static Map<String, String> sources() {
    return MODULES.stream()
        .flatMap(module -> files(module + "/src", ".java").stream())
        .collect(
            Collectors.toMap(
                file -> file.getFileName().toString().replace(".java", ""),
                Repository::text,
                String::concat));
  }

  /** The content of a file. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(String folder, String ending) {
    try (Stream<Path> all = Files.walk(ROOT.resolve(folder))) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root(Path folder) {
    return Files.exists(folder.resolve("README.tr.md")) ? folder : root(folder.getParent());
  }
}
