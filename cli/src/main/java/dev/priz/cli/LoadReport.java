package dev.priz.cli;

import static java.util.Locale.ROOT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Tells a user what a load test has found out. */
final class LoadReport {
  private static final String[] NAMES = {"p50", "p90", "p99", "p99.9", "max"};
  private static final int NAME_WIDTH = 24;
  private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

  private final LoadPlan plan;
  private final LoadConnections connections;
  private final LoadResults results;
  private final List<String> lines = new ArrayList<>();

  private LoadReport(LoadPlan plan, LoadConnections connections, LoadResults results) {
    this.plan = plan;
    this.connections = connections;
    this.results = results;
  }

  /** The report, line by line. */
  static List<String> lines(LoadPlan plan, LoadConnections connections, LoadResults results) {
    var report = new LoadReport(plan, connections, results);
    report.describeTest();
    if (results.seconds() == 0) {
      report.lines.add("ended in the warm-up: nothing was measured");
      return report.lines;
    }
    report.addTable();
    report.addLatencies();
    return report.lines;
  }

  private void describeTest() {
    String loop =
        plan.isOpenLoop()
            ? String.format(ROOT, "open loop, %,d messages/s in all", plan.messagesPerSecond())
            : "closed loop, the next message at each answer";
    String planned =
        results.interrupted() ? String.format(ROOT, " of %.1f s", seconds(plan.duration())) : "";
    lines.add(plan.uri() + ": " + loop);
    lines.add(
        String.format(
            ROOT,
            "%,d %s, %,d in flight on each at most, %s messages of %,d %s",
            plan.connections(),
            plan.connections() == 1 ? "connection" : "connections",
            plan.pipeline(),
            plan.text() ? "text" : "binary",
            plan.sizeBytes(),
            plan.sizeBytes() == 1 ? "byte" : "bytes"));
    lines.add(
        String.format(
            ROOT,
            "measured %.1f s%s, after %.1f s of warm-up",
            results.seconds(),
            planned,
            seconds(plan.warmUp())));
  }

  private void addTable() {
    Counts during = results.during();
    Counts counts = results.counts();
    lines.add("");
    addRow("", "per second", "in all", "");
    addRate("sent", during.sent(), counts.sent());
    addRate("received", during.received(), counts.received());
    addRate(
        "bytes received",
        during.received() * plan.sizeBytes(),
        counts.received() * plan.sizeBytes());
    addCount("wrong answers", counts.wrong(), "");
    addCount("unanswered", counts.unanswered(), "");
    addCount("lost with a connection", counts.lost(), "");
    addCount("connections opened", connections.opened(), "");
    addCount("connections refused", connections.refused(), why(connections.whyRefused()));
    addCount("connections lost", connections.lost(), why(connections.whyLost()));
  }

  private static String why(@Nullable String reason) {
    return reason == null ? "" : "  " + Printable.line(reason);
  }

  private void addLatencies() {
    Histogram latencies = results.latencies();
    lines.add("");
    if (plan.isOpenLoop()) {
      lines.add("latency in ms, from the time at which a message was due");
    } else {
      lines.add("latency in ms, from sending (closed loop: while the server stalls, nothing is");
      lines.add("sent, so that most of what users would feel is missing)");
    }
    if (latencies.getTotalCount() == 0) {
      lines.add("  nothing was measured");
      return;
    }
    if (results.counts().unanswered() > 0) {
      lines.add("(what was unanswered counts with the time it had waited: the truth is more)");
    }
    addHeads();
    addPercentiles("latency", latencies);
    if (plan.isOpenLoop()) addPercentiles("this tool's own delay", results.lateness());
    lines.add("");
    lines.addAll(HistogramDrawing.lines(latencies));
  }

  private void addHeads() {
    var line = new StringBuilder(" ".repeat(NAME_WIDTH));
    for (String name : NAMES) line.append(String.format(ROOT, "%11s", name));
    lines.add(line.toString());
  }

  private void addPercentiles(String name, Histogram values) {
    var line = new StringBuilder(name);
    line.append(" ".repeat(NAME_WIDTH - name.length()));
    for (double percentile : PERCENTILES) {
      double millis = values.getValueAtPercentile(percentile) / 1e6;
      line.append(String.format(ROOT, "%,11.3f", millis));
    }
    lines.add(line.toString());
  }

  private void addRate(String name, long during, long inAll) {
    String perSecond = String.format(ROOT, "%,.0f", during / results.seconds());
    addRow(name, perSecond, String.format(ROOT, "%,d", inAll), "");
  }

  private void addCount(String name, long inAll, String note) {
    addRow(name, "", String.format(ROOT, "%,d", inAll), note);
  }

  private void addRow(String name, String perSecond, String inAll, String note) {
    lines.add(String.format(ROOT, "%-24s%14s%18s%s", name, perSecond, inAll, note));
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
