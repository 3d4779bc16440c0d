package dev.priz.benchmarks;

import dev.priz.benchmarks.Server.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The results as a picture (SVG) for light and dark pages: a panel for each workload, a bar for
 * each server, the cheapest on top.
 */
final class Chart {
  private static final int PANEL_WIDTH = 560;
  private static final int NAME_WIDTH = 150;
  private static final int VALUE_WIDTH = 130;
  private static final int BAR_WIDTH = PANEL_WIDTH - NAME_WIDTH - VALUE_WIDTH;
  private static final int ROW = 20;
  private static final int BAR = 13;
  private static final int HEAD = 58;
  private static final int GAP = 36;
  private static final int MARGIN = 28;
  // A bar that is longer than so many times the shortest is cut, or the others could not be told
  // apart.
  private static final double LONGEST = 8;

  private static final String STYLE =
      """
      <style>
        svg { --paper: #ffffff; --ink: #1c2430; --soft: #66707f; --line: #d6dbe2;
              --floor: #9aa3af; --priz: #1f6feb; --other: #b9c6d8; --guest: #e0a030; }
        @media (prefers-color-scheme: dark) {
          svg { --paper: #0f141b; --ink: #e8ecf2; --soft: #9aa5b4; --line: #2c3542;
                --floor: #7b8694; --priz: #4c9bff; --other: #46566b; --guest: #d99a2b; }
        }
        text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: var(--ink); }
        .title { font-size: 15px; font-weight: 600; }
        .soft { fill: var(--soft); }
        .value { font-variant-numeric: tabular-nums; }
        .strong { font-weight: 600; }
        .paper { fill: var(--paper); }
        .floor { fill: var(--floor); } .priz { fill: var(--priz); }
        .other { fill: var(--other); } .guest { fill: var(--guest); }
        .range { stroke: var(--ink); stroke-width: 1; opacity: .55; }
        .unit { stroke: var(--line); stroke-width: 1; }
        .cut { stroke: var(--paper); stroke-width: 3; }
      </style>
      """;

  private final Results results;
  private final List<String> header;
  private final StringBuilder svg = new StringBuilder();

  Chart(Results results, List<String> header) {
    this.results = results;
    this.header = header;
  }

  /** One bar. */
  private record Bar(Server server, Spread value, String label) {}

  /** The picture. */
  String svg() {
    List<Workload> panels =
        results.workloads().stream().filter(workload -> !bars(workload).isEmpty()).toList();
    int panelHeight =
        HEAD + ROW * panels.stream().mapToInt(workload -> bars(workload).size()).max().orElse(0);
    int columns = panels.size() > 1 ? 2 : 1;
    int rows = (panels.size() + columns - 1) / columns;
    int width = 2 * MARGIN + columns * PANEL_WIDTH + (columns - 1) * GAP;
    int top = MARGIN + 76;
    int height = top + rows * (panelHeight + GAP) + MARGIN;
    add(
        "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d' role='img'>%n",
        width, height, width, height);
    add("<title>What WebSocket servers cost, in processor time and memory</title>%n");
    svg.append(STYLE);
    add("<rect class='paper' width='%d' height='%d'/>%n", width, height);
    text(
        MARGIN,
        MARGIN + 8,
        "title",
        "What it costs: shorter is better, x is the multiple of " + results.floor().name());
    text(
        MARGIN,
        MARGIN + 27,
        "soft",
        header.get(0) + " · " + header.get(1).replaceFirst("^machine +", ""));
    text(MARGIN, MARGIN + 44, "soft", header.get(5).replaceFirst("^versions +", ""));
    for (int i = 0; i < panels.size(); i++) {
      panel(
          panels.get(i),
          MARGIN + i % columns * (PANEL_WIDTH + GAP),
          top + i / columns * (panelHeight + GAP));
    }
    add("</svg>%n");
    return svg.toString();
  }

  private List<Bar> bars(Workload workload) {
    List<Bar> bars = new ArrayList<>();
    Metric headline = workload.kind().headline();
    for (Server server : results.servers(workload)) {
      Spread value = results.spread(workload, server, headline);
      if (value == null) continue;
      Spread ratio = results.ratio(workload, server);
      String times = ratio == null ? "" : String.format(Locale.ROOT, "\u2003x%.2f", ratio.median());
      bars.add(new Bar(server, value, headline.format(value.median()) + times));
    }
    bars.sort(Comparator.comparingDouble(bar -> bar.value.median()));
    return bars;
  }

  private void panel(Workload workload, int left, int top) {
    List<Bar> bars = bars(workload);
    Metric headline = workload.kind().headline();
    text(left, top + 14, "title", workload.name());
    text(
        left,
        top + 32,
        "soft",
        workload.description() + ": " + headline.title() + " " + workload.kind().share());
    double shortest = Math.max(bars.getFirst().value.median(), 1e-9);
    double longest = bars.getLast().value.most();
    double scale = BAR_WIDTH / Math.min(longest, shortest * LONGEST);
    int barsTop = top + HEAD - 12;
    unitLine(bars, left, barsTop, scale);
    for (int i = 0; i < bars.size(); i++) bar(bars.get(i), left, barsTop + i * ROW, scale);
  }

  // Where the floor ends, across all bars.
  private void unitLine(List<Bar> bars, int left, int top, double scale) {
    for (Bar bar : bars) {
      if (bar.server.family() != Family.FLOOR) continue;
      double x = left + NAME_WIDTH + Math.min(bar.value.median() * scale, BAR_WIDTH);
      add(
          "<line class='unit' x1='%.1f' x2='%.1f' y1='%d' y2='%d'/>%n",
          x, x, top - 2, top + bars.size() * ROW);
    }
  }

  private void bar(Bar bar, int left, int top, double scale) {
    String family = bar.server.family().name().toLowerCase(Locale.ROOT);
    String weight = bar.server.family() == Family.PRIZ ? " strong" : "";
    int start = left + NAME_WIDTH;
    int middle = top + BAR / 2;
    double length = Math.max(1.5, Math.min(bar.value.median() * scale, BAR_WIDTH));
    boolean cut = bar.value.median() * scale > BAR_WIDTH * 1.001;
    add(
        "<text class='%s' x='%d' y='%d' text-anchor='end'>%s</text>%n",
        "name" + weight, start - 8, top + BAR - 2, escaped(bar.server.name()));
    add(
        "<rect class='%s' x='%d' y='%d' width='%.1f' height='%d' rx='2'/>%n",
        family, start, top, length, BAR);
    if (cut) {
      add(
          "<line class='cut' x1='%.1f' x2='%.1f' y1='%d' y2='%d'/>%n",
          start + length - 16, start + length - 10, top + BAR + 1, top - 1);
    } else if (bar.value.most() > bar.value.least()) {
      double from = start + bar.value.least() * scale;
      double to = start + Math.min(bar.value.most() * scale, BAR_WIDTH);
      add("<line class='range' x1='%.1f' x2='%.1f' y1='%d' y2='%d'/>%n", from, to, middle, middle);
    }
    double end =
        cut
            ? start + length
            : start + Math.min(Math.max(length, bar.value.most() * scale), BAR_WIDTH);
    text((int) end + 8, top + BAR - 2, "value" + weight, bar.label);
  }

  private void text(int x, int y, String style, String text) {
    add("<text class='%s' x='%d' y='%d'>%s</text>%n", style, x, y, escaped(text));
  }

  // Every caller is in this file, and its format a literal.
  @SuppressWarnings("AnnotateFormatMethod")
  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
