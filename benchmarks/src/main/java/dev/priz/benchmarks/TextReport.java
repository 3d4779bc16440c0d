package dev.priz.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results as tables for people to read: medians, their range over the rounds, and ratios. */
final class TextReport {
  // A share of one core at which the figures are in doubt.
  private static final double SUSPECT_PERCENT = 5;

  private final Results results;
  private final List<String> header;

  TextReport(Results results, List<String> header) {
    this.results = results;
    this.header = header;
  }

  /** All of it, line by line. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(header);
    for (Workload workload : results.workloads()) {
      lines.add("");
      lines.add(workload.name() + ": " + workload.description() + "; " + workload.kind().share());
      lines.addAll(table(workload));
      if (!workload.floor().equals(workload) && results.floor().family() == Server.Family.FLOOR) {
        lines.add(
            "  "
                + results.floor().name()
                + " does this meanwhile: "
                + workload.floor().description());
      }
      lines.addAll(absences(workload));
      lines.addAll(doubts(workload));
    }
    lines.add("");
    for (Server server : results.servers()) {
      if (!server.note().isEmpty()) lines.add(server.name() + ": " + server.note());
    }
    return lines;
  }

  private List<String> table(Workload workload) {
    Metric headline = workload.kind().headline();
    List<List<String>> rows = new ArrayList<>();
    List<String> titles =
        new ArrayList<>(
            List.of("", headline.title(), "(range)", "x " + results.floor().name(), "(range)"));
    workload.details().forEach(metric -> titles.add(metric.title()));
    rows.add(titles);
    for (Server server : results.servers(workload)) rows.add(row(workload, server));
    return aligned(rows);
  }

  private List<String> row(Workload workload, Server server) {
    Metric headline = workload.kind().headline();
    Spread value = results.spread(workload, server, headline);
    Spread ratio = results.ratio(workload, server);
    List<String> row = new ArrayList<>();
    row.add(server.name());
    row.add(value == null ? "–" : headline.format(value.median()));
    row.add(
        value == null ? "" : headline.format(value.least()) + "–" + headline.format(value.most()));
    row.add(ratio == null ? "–" : times(ratio.median()));
    row.add(ratio == null ? "" : times(ratio.least()) + "–" + times(ratio.most()));
    for (Metric metric : workload.details()) {
      Spread detail = results.spread(workload, server, metric);
      row.add(detail == null ? "–" : metric.format(detail.median()));
    }
    return row;
  }

  // Of those that cannot do it; those that are only there for another workload are not missed.
  private List<String> absences(Workload workload) {
    return results.servers().stream()
        .filter(server -> workload.deflated() && !server.takesPartIn(workload))
        .map(server -> "  " + server.name() + " does not compress and is left out")
        .toList();
  }

  private List<String> doubts(Workload workload) {
    List<String> doubts = new ArrayList<>();
    for (Server server : results.servers(workload)) {
      for (String failure : results.failures(workload, server))
        doubts.add("! " + server.name() + " FAILED: " + failure);
      Spread others = results.spread(workload, server, Metric.OTHERS_PERCENT);
      if (others != null && others.most() > SUSPECT_PERCENT) {
        doubts.add(
            "! "
                + server.name()
                + ": something else used up to "
                + Math.round(others.most())
                + " % of a core meanwhile");
      }
      Spread loadPercent = results.spread(workload, server, Metric.LOAD_PERCENT);
      Spread serverPercent = results.spread(workload, server, Metric.SERVER_PERCENT);
      if (loadPercent != null
          && serverPercent != null
          && loadPercent.median() > 95
          && serverPercent.median() < 90) {
        doubts.add(
            "! "
                + server.name()
                + ": the load could do no more, so the rate is a lower bound; CPU is not affected");
      }
    }
    return doubts;
  }

  private static String times(double ratio) {
    return String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.1f", ratio);
  }

  private static List<String> aligned(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) widths[i] = Math.max(widths[i], row.get(i).length());
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      var line =
          new StringBuilder(row.getFirst()).append(" ".repeat(widths[0] - row.getFirst().length()));
      for (int i = 1; i < columns; i++)
        line.append(" ".repeat(widths[i] - row.get(i).length() + 2)).append(row.get(i));
      lines.add(line.toString());
    }
    return lines;
  }
}
