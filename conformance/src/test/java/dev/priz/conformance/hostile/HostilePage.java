package dev.priz.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.conformance.hostile.Catalogue.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/hostile.md}, made of the catalogue and of what the tests of the modules have shown;
 * run after all of these.
 */
class HostilePage {
  private static final Path PAGE = Path.of("../docs/hostile.md");
  private static final Path MADE = Path.of("target/hostile.md");

  private static Catalogue catalogue;
  private static Shown shown;

  @BeforeAll
  static void read() throws Exception {
    catalogue = Catalogue.read();
    shown = Shown.read();
  }

  @Test
  void isWhatTheTestsShow() throws Exception {
    Files.writeString(MADE, page());

    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as("docs/hostile.md; if the change is right: cp conformance/target/hostile.md docs/")
        .isEqualTo(page());
  }

  @Test
  void noRowFails() {
    assertThat(catalogue.rows()).noneMatch(row -> !shown.failures(row.id()).isEmpty());
  }

  @Test
  void testsAreNamedAfterRowsThatExist() {
    List<String> rows = catalogue.rows().stream().map(Row::id).toList();

    assertThat(shown.ids()).isSubsetOf(rows);
  }

  private static String page() {
    String sections =
        catalogue.sections().stream().map(HostilePage::section).collect(Collectors.joining("\n"));
    return """
    # Hostile and faulty behaviour

    What peers do wrong, by intent or not, and what happens then. Each row is one or more tests, named after its id; this page is made
    from their results by the build, and the build fails where it differs from them. In the tables of bytes, S is our server and C our
    client.

    %s

    """
            .formatted(summary())
        + sections;
  }

  private static String summary() {
    List<Row> rows = catalogue.rows();
    long held = rows.stream().filter(row -> verdict(row).equals("holds")).count();
    long outOfScope = rows.stream().filter(Row::isOutOfScope).count();
    return "Of "
        + rows.size()
        + " rows, "
        + held
        + " hold; "
        + outOfScope
        + " speak of HTTP/2, which is not offered; "
        + (rows.size() - held - outOfScope)
        + " have no test yet.";
  }

  private static String section(Catalogue.Section section) {
    return section.rows().stream()
        .map(HostilePage::line)
        .collect(
            Collectors.joining(
                "\n",
                "## "
                    + section.title()
                    + "\n\n| Id | What comes | What must happen | Verdict | Tests |\n|---|---|---|---|---|\n",
                "\n"));
  }

  private static String line(Row row) {
    String required = row.required() + (row.note().isEmpty() ? "" : " (" + row.note() + ")");
    String tests = String.join(", ", shown.tests(row.id()));
    return "| %s | %s | %s | %s | %s |"
        .formatted(row.id(), row.input(), required, verdict(row), tests)
        .replace("|  |", "| |");
  }

  private static String verdict(Row row) {
    if (row.isOutOfScope()) return "not offered";
    if (shown.tests(row.id()).isEmpty()) return "no test yet";
    if (!shown.failures(row.id()).isEmpty()) return "**fails**";
    return "holds";
  }
}
