package dev.priz.conformance.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a peer may do, and what must happen then: the rows that tests are named after.
 *
 * @param sections in order
 */
record Catalogue(List<Section> sections) {
  private static final Path FILE = Path.of("src/test/resources/hostile/catalogue.md");

  /** Rows about the same part of a connection. */
  record Section(String title, List<Row> rows) {}

  /**
   * One behaviour.
   *
   * @param id such as {@code HS-02}
   * @param input what the peer does
   * @param required what must happen
   * @param note how it is meant, or empty
   */
  record Row(String id, String input, String required, String note) {
    /** Whether it speaks of what Priz does not offer. */
    boolean isOutOfScope() {
      return id.startsWith("H2-");
    }
  }

  /** Reads the file. */
  static Catalogue read() throws IOException {
    List<Section> sections = new ArrayList<>();
    for (String line : Files.readAllLines(FILE)) {
      if (line.startsWith("## ")) {
        sections.add(new Section(line.substring(3), new ArrayList<>()));
      } else if (line.matches("\\| [A-Z0-9]+-\\d\\d \\|.*")) {
        sections.getLast().rows().add(row(line));
      }
    }
    return new Catalogue(sections);
  }

  /** All rows, in order. */
  List<Row> rows() {
    return sections.stream().flatMap(section -> section.rows().stream()).toList();
  }

  private static Row row(String line) {
    List<String> cells = List.of(line.substring(2, line.lastIndexOf('|')).split(" \\| ?", -1));
    String note = cells.size() > 3 ? cells.get(3).strip() : "";
    return new Row(cells.get(0), cells.get(1).strip(), cells.get(2).strip(), note);
  }
}
