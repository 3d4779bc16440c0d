package dev.priz.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results for programs: a line for each turn, nothing summed up. */
final class CsvReport {
  private final Results results;

  CsvReport(Results results) {
    this.results = results;
  }

  /** All of it (RFC 4180), line by line. */
  List<String> lines() {
    List<String> titles = new ArrayList<>(List.of("workload", "server", "round", "ratio"));
    for (Metric metric : Metric.values()) titles.add(metric.key());
    titles.add("failure");
    List<String> lines = new ArrayList<>(List.of(String.join(",", titles)));
    results
        .measurements()
        .forEach((turn, measurement) -> {
          List<String> cells = new ArrayList<>();
          cells.add(turn.workload().name());
          cells.add(quoted(turn.server().name()));
          cells.add("" + turn.round());
          cells.add(number(results.ratio(turn)));
          for (Metric metric : Metric.values()) cells.add(number(measurement.value(metric)));
          cells.add(measurement.failure() == null ? "" : quoted(measurement.failure()));
          lines.add(String.join(",", cells));
        });
    return lines;
  }

  private static String number(@org.jspecify.annotations.Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String quoted(String text) {
    boolean special = text.contains(",") || text.contains("\"") || text.contains("\n");
    return special ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
