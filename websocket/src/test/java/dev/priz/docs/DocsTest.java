package dev.priz.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documentation says what is so: its code is compiled, and what it names is there. */
class DocsTest {
  private static final Pattern CODE = Pattern.compile("(?s)```java\n(.*?)```");
  private static final Pattern TEST =
      Pattern.compile("`(?:\\w+/)*(\\w+Test|\\w+(?=#))(?:#(\\w+))?");
  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]\\w+)`");
  private static final Pattern LINK = Pattern.compile("]\\((?!http)([^)#]+)");
  private static final Map<String, String> SOURCES = Repository.sources();

  @ParameterizedTest
  @MethodSource("dev.priz.docs.Repository#pages")
  void codeStandsInACompiledClass(Path page) {
    List<String> compiled =
        SOURCES.values().stream()
            .filter(source -> source.startsWith("package dev.priz.docs;"))
            .map(DocsTest::bare)
            .toList();

    assertThat(found(CODE, page).map(code -> code.group(1)))
        .filteredOn(code -> compiled.stream().noneMatch(source -> source.contains(bare(code))))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.priz.docs.Repository#pages")
  void namedTestsExist(Path page) {
    assertThat(found(TEST, page))
        .filteredOn(name -> !isDeclared(name.group(1), name.group(2)))
        .extracting(MatchResult::group)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.priz.docs.Repository#pages")
  void linksLeadSomewhere(Path page) {
    assertThat(found(LINK, page).map(link -> page.resolveSibling(link.group(1))))
        .filteredOn(Files::notExists)
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/architecture.md", "docs/rfc6455.md"})
  void namedClassesExist(String page) {
    assertThat(found(CLASS, Repository.page(page)).map(name -> name.group(1)))
        .filteredOn(name -> !SOURCES.containsKey(name))
        .isEmpty();
  }

  private static Stream<MatchResult> found(Pattern pattern, Path page) {
    return pattern.matcher(Repository.text(page)).results();
  }

  private static boolean isDeclared(String type, String method) {
    String source = SOURCES.getOrDefault(type, "");
    return method == null ? !source.isEmpty() : source.contains(" " + method + "(");
  }

  // Without white space, which the formatter wants otherwise, and comments, which may be Turkish.
  private static String bare(String code) {
    return code.replaceAll("(?<!:)//.*", "").replaceAll("\\s", "");
  }
}
