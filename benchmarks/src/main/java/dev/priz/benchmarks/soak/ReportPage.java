package dev.priz.benchmarks.soak;

import java.util.List;

/** The report: one page without script, for wide and narrow, light and dark screens. */
final class ReportPage {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>Priz: soak</title>
      <style>
      :root { --paper: #fff; --ink: #1c2430; --soft: #5c6675; --line: #d6dbe2; --first: #eef1f5; --soak: #e6f0ff;
        --c0: #1f6feb; --c1: #c77700; --good: #1a7f37; --bad: #cf222e; }
      @media (prefers-color-scheme: dark) {
        :root { --paper: #0f141b; --ink: #e8ecf2; --soft: #9aa5b4; --line: #2c3542; --first: #171e27; --soak: #13233a;
          --c0: #4c9bff; --c1: #e0a030; --good: #3fb950; --bad: #ff7b72; } }
      body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 72rem; background: var(--paper); color: var(--ink);
        font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
      h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
      .good { color: var(--good); } .bad { color: var(--bad); } .soft, li { color: var(--soft); }
      ul { padding-left: 1.1rem; margin: .5rem 0; } li { overflow-wrap: anywhere; }
      table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
      th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
      th { font-weight: 600; color: var(--soft); font-size: 13px; }
      .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1.5rem 2rem; }
      figure { margin: 0; } figcaption { display: flex; flex-wrap: wrap; gap: 0 .9rem; font-size: 13px; margin-bottom: .3rem; }
      figcaption b { font-size: 14px; }
      .key::before { content: ""; display: inline-block; width: .8em; height: .2em; margin-right: .35em;
        vertical-align: .25em; background: currentColor; }
      .k0 { color: var(--c0); } .k1 { color: var(--c1); }
      .plot { display: flex; height: 9rem; } .plot svg { flex: 1; min-width: 0; height: 100%; border: 1px solid var(--line); }
      .y { width: 3.6em; display: flex; flex-direction: column; justify-content: space-between; text-align: right;
        padding-right: .4em; }
      .x { display: flex; justify-content: space-between; padding-left: 4em; }
      .x, .y { font-size: 12px; color: var(--soft); line-height: 1; font-variant-numeric: tabular-nums; }
      .x { margin-top: .35em; }
      polyline, path { fill: none; stroke-width: 1.5; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
      .c0 { stroke: var(--c0); } .c1 { stroke: var(--c1); } .grid { stroke: var(--line); stroke-width: 1; }
      .limit { stroke: var(--bad); stroke-width: 1; stroke-dasharray: 4 4; }
      .first { fill: var(--first); } .soak { fill: var(--soak); }
      .band { display: inline-block; width: 1em; height: .8em; border: 1px solid var(--line); vertical-align: -.05em; }
      @media (max-width: 40rem) {
        thead { display: none; } tr { display: block; padding: .4rem 0; border-bottom: 1px solid var(--line); }
        td { display: block; border: 0; padding: 0; } td[data-is]::before { content: attr(data-is) " "; color: var(--soft); }
        td:empty { display: none; } td:nth-child(-n+2) { display: inline; padding-right: .4rem; } }
      </style>
      </head>
      <body>
      """;

  private static final List<Plot> PLOTS =
      List.of(
          Plot.of("Connections", Figure.CONNECTIONS),
          Plot.of("Messages a second", Figure.MESSAGES),
          Plot.of("Comers a second", Figure.JOINS, Figure.MISDEEDS),
          Plot.of("Event loops' delay, p99 of 10 s, ms", Figure.LOOP_P99, Figure.LOOP_OWN_P99)
              .limit(Criterion.MOST_DELAY_MILLIS)
              .clippedToSoak(),
          Plot.of("Longest delay and GC pauses of a second, ms", Figure.LOOP_MAX, Figure.GC_PAUSES)
              .clippedToSoak(),
          Plot.of("Heap, MiB", Figure.HEAP, Figure.HEAP_AFTER_GC),
          Plot.of("Direct memory, MiB", Figure.NETTY_DIRECT, Figure.JDK_DIRECT),
          Plot.of("Resident size, MiB", Figure.RESIDENT),
          Plot.of("Threads", Figure.THREADS),
          Plot.of("Descriptors", Figure.DESCRIPTORS),
          Plot.of("Processor time, cores", Figure.SERVER_CPU, Figure.LOAD_CPU),
          Plot.of("Slow readers given up so far", Figure.GIVEN_UP));

  private final Timeline timeline;
  private final List<Criterion> criteria;
  private final List<String> header;

  ReportPage(Timeline timeline, List<Criterion> criteria, List<String> header) {
    this.timeline = timeline;
    this.criteria = criteria;
    this.header = header;
  }

  /** The page. */
  String html() {
    var html = new StringBuilder(HEAD);
    boolean passed = criteria.stream().allMatch(Criterion::passed);
    html.append("<h1>Soak: <span class='")
        .append(passed ? "good'>passed" : "bad'>failed")
        .append("</span></h1>\n<ul>\n");
    for (String line : header) html.append("<li>").append(escaped(line)).append("</li>\n");
    html.append("</ul>\n");
    table(html);
    html.append(
        """
        <p class="soft">Before and after are two looks at the quiet server: after a first round of the whole load, and
        after the soak, each 15 seconds after the last connection ended and after full garbage collections. The delay
        is how late a task comes that is due every 50 ms on each event loop; the worst of all spans of ten seconds
        counts, from the first connection of the soak to the end.</p>
        <h2>Once a second</h2>
        <p class="soft"><span class="band" style="background: var(--first)"></span> first round,
        <span class="band" style="background: var(--soak)"></span> soak; all figures are the server's.</p>
        <div class="plots">
        """);
    for (Plot plot : PLOTS) html.append(plot.html(timeline.samples()));
    return html.append("</div>\n").append(late()).append("</body>\n</html>\n").toString();
  }

  private void table(StringBuilder html) {
    html.append("<table>\n<thead><tr><th></th><th>criterion</th><th>before</th><th>after</th>");
    html.append("<th>allowed</th></tr></thead>\n");
    for (Criterion criterion : criteria) {
      html.append("<tr><td class='")
          .append(criterion.passed() ? "good'>ok" : "bad'>FAIL")
          .append("</td><td>")
          .append(escaped(criterion.name()))
          .append("</td>");
      cell(html, "before", criterion.before());
      cell(html, "after", criterion.after());
      cell(html, "allowed", criterion.allowed());
      html.append("</tr>\n");
    }
    html.append("</table>\n");
  }

  private static void cell(StringBuilder html, String name, String text) {
    html.append("<td data-is='").append(name).append("'>").append(escaped(text)).append("</td>");
  }

  // What a reader asks who sees a peak.
  private String late() {
    long late = sum(Figure.LATE);
    long byGc = sum(Figure.LATE_BY_GC);
    long byMachine = sum(Figure.LATE_BY_MACHINE);
    return "<p class='soft'>Probes of the event loops that came more than 50 ms late during the soak: "
        + late
        + ", of which "
        + byGc
        + " waited while the garbage collector paused the program, and "
        + byMachine
        + " others for a processor, on which the load or another program ran.</p>\n";
  }

  private long sum(Figure figure) {
    return Math.round(
        timeline.samples(Timeline.Phase.SOAK).stream()
            .mapToDouble(sample -> sample.value(figure))
            .sum());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
