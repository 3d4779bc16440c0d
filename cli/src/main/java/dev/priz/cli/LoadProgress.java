package dev.priz.cli;

import static java.util.Locale.ROOT;

import java.io.PrintStream;
import org.HdrHistogram.Histogram;

/**
 * Tells a user how far a load test is: on a terminal in one line that changes each second, else in
 * a line every few seconds.
 */
final class LoadProgress implements LoadObserver {
  private static final int LINE_SECONDS = 5;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream err;
  private final boolean onTerminal;
  private double lastLineSeconds = Double.NEGATIVE_INFINITY;

  LoadProgress(PrintStream err, boolean onTerminal) {
    this.err = err;
    this.onTerminal = onTerminal;
  }

  /** Tells that connections are being opened, to who can see it vanish again. */
  void opening(int connections) {
    if (onTerminal) show(String.format(ROOT, "opening %,d connections", connections));
  }

  @Override
  public void warmedUp(Interval interval) {
    tell(interval, "warm-up");
  }

  @Override
  public void measured(Interval interval) {
    tell(interval, String.format(ROOT, "%.0f s", interval.endSeconds()));
  }

  /** Leaves the terminal's line to what comes next. */
  void clear() {
    if (!onTerminal) return;
    err.print(CLEAR_LINE);
    err.flush();
  }

  private void tell(Interval interval, String when) {
    if (onTerminal) {
      show(line(interval, when));
    } else if (lastLineSeconds == Double.NEGATIVE_INFINITY) {
      // The first line comes after some seconds, too.
      lastLineSeconds = interval.endSeconds() - interval.seconds();
    }
    // The steps of a second are not exact.
    if (onTerminal || interval.endSeconds() - lastLineSeconds < LINE_SECONDS - 0.5) return;
    lastLineSeconds = interval.endSeconds();
    err.println(line(interval, when));
  }

  private void show(String line) {
    err.print(CLEAR_LINE + line);
    err.flush();
  }

  private static String line(Interval interval, String when) {
    Histogram latencies = interval.latencies();
    Counts counts = interval.counts();
    double seconds = Math.max(interval.seconds(), 1e-3);
    String latency =
        latencies.getTotalCount() == 0
            ? ""
            : String.format(
                ROOT,
                ", p50 %,.3f ms, p99 %,.3f ms",
                latencies.getValueAtPercentile(50) / 1e6,
                latencies.getValueAtPercentile(99) / 1e6);
    String wrong = counts.wrong() == 0 ? "" : String.format(ROOT, ", %,d wrong", counts.wrong());
    return String.format(
        ROOT,
        "%s: %,d open, %,.0f sent/s, %,.0f received/s%s%s",
        when,
        interval.open(),
        counts.sent() / seconds,
        counts.received() / seconds,
        latency,
        wrong);
  }
}
