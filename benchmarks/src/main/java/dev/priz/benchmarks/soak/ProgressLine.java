package dev.priz.benchmarks.soak;

import dev.priz.benchmarks.soak.Timeline.Sample;
import java.io.PrintStream;
import java.util.Locale;

/** How a run goes: one line that changes every second on a terminal, else one every ten seconds. */
final class ProgressLine {
  private static final int SECONDS_BETWEEN_LINES = 10;

  private final PrintStream out;
  private final boolean terminal;
  private int shown;
  private boolean open;

  ProgressLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Shows a sample. */
  void show(Sample sample, int expectedSeconds) {
    String line =
        String.format(
            Locale.ROOT,
            "%s of %s, %-11s  %,6.0f connections  %,6.0f msg/s  heap %4.0f MiB  resident %4.0f MiB"
                + "  loops' p99 %5.1f ms",
            Clock.words(sample.seconds()),
            Clock.words(expectedSeconds),
            sample.phase().label(),
            sample.value(Figure.CONNECTIONS),
            sample.value(Figure.MESSAGES),
            sample.value(Figure.HEAP),
            sample.value(Figure.RESIDENT),
            sample.value(Figure.LOOP_P99));
    if (terminal) {
      out.print("\r" + line + "\u001b[K");
      open = true;
    } else if (shown++ % SECONDS_BETWEEN_LINES == 0) {
      out.println(line);
    }
    out.flush();
  }

  /** Ends the line. */
  void end() {
    if (open) out.println();
    open = false;
  }
}
