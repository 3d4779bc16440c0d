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
  private static final Path ROOT = root(Path.of("").toAbsolutePath());

  private Repository() {}

  /** The pages of the documentation. */
  static List<Path> pages() {
    var top = Stream.of("README.md", "README.tr.md", "CHANGELOG.md", "CONTRIBUTING.md");
    return Stream.concat(top.map(ROOT::resolve), files(ROOT.resolve("docs"), ".md")).toList();
  }

  /** A page by its path in the project. */
  static Path page(String path) {
    return ROOT.resolve(path);
  }

  /** The texts of all Java sources, by the name of their class. */
  static Map<String, String> sources() {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("src"))
          .filter(Files::exists)
          .flatMap(folder -> files(folder, ".java"))
          .collect(Collectors.toMap(Repository::className, Repository::text, String::concat));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The content of a file. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path folder, String ending) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String className(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static Path root(Path folder) {
    return Files.exists(folder.resolve("README.tr.md")) ? folder : root(folder.getParent());
  }
}
