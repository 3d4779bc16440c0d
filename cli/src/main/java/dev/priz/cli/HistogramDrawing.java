package dev.priz.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * Draws latencies as bars, one for each range, on ranges that grow by a factor; so the common ones
 * and the few that are a thousand times longer have a place on one page.
 */
final class HistogramDrawing {
  private static final double[] COARSE = {1, 2, 5};
  private static final double[] FINE = {1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8};
  private static final int LEAST_ROWS = 7;
  private static final int WIDTH = 32;
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private HistogramDrawing() {}

  /** A range of latencies; its ends are as blurred as the histogram, by a thousandth. */
  private record Range(long fromNanos, long toNanos, long count) {}

  /**
   * Draws a histogram.
   *
   * @param latencies in nanoseconds
   * @return one line for each range; none if there are no latencies
   */
  static List<String> lines(Histogram latencies) {
    if (latencies.getTotalCount() == 0) return List.of();
    List<Range> ranges = ranges(latencies, COARSE);
    if (ranges.size() < LEAST_ROWS) ranges = ranges(latencies, FINE);
    long most = ranges.stream().mapToLong(Range::count).max().orElse(1);
    return ranges.stream().map(range -> line(range, most, latencies.getTotalCount())).toList();
  }

  private static List<Range> ranges(Histogram latencies, double[] steps) {
    List<Range> ranges = new ArrayList<>();
    long counted = 0;
    // Each end is one of the steps times a power of ten.
    for (int i = 0; counted < latencies.getTotalCount(); i++) {
      long from = i == 0 ? 0 : end(i - 1, steps);
      long to = end(i, steps);
      long upTo = latencies.getCountBetweenValues(0, to - 1);
      if (upTo > 0) ranges.add(new Range(from, to, upTo - counted));
      counted = upTo;
    }
    return ranges;
  }

  private static long end(int index, double[] steps) {
    int power = index / steps.length;
    double microseconds = steps[index % steps.length] * Math.pow(10, power);
    return Math.round(microseconds * 1_000);
  }

  private static String line(Range range, long most, long total) {
    return String.format(
            Locale.ROOT,
            "%10s to %9s  %-" + WIDTH + "s %,12d  %6.2f%%",
            milliseconds(range.fromNanos()),
            milliseconds(range.toNanos()),
            bar(range.count(), most),
            range.count(),
            100.0 * range.count() / total)
        .stripTrailing();
  }

  private static String milliseconds(long nanos) {
    return String.format(Locale.ROOT, "%,.3f", nanos / 1e6);
  }

  // In eighths of a character; whatever is not nothing can be seen.
  private static String bar(long count, long most) {
    long eighths = Math.ceilDiv(count * WIDTH * 8, most);
    String rest = eighths % 8 == 0 ? "" : EIGHTHS.substring((int) (eighths % 8)).substring(0, 1);
    return "█".repeat((int) (eighths / 8)) + rest;
  }
}
