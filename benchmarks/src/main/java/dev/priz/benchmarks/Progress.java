package dev.priz.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells how far the work is and how long it still takes, a line for each turn. */
final class Progress {
  private final PrintStream out;
  private final int turns;
  private final long startNanos;
  private final double expectedSeconds;
  private double doneSeconds;
  private int done;

  /**
   * The beginning.
   *
   * @param expectedSeconds how long all turns together are expected to take
   */
  Progress(PrintStream out, int turns, double expectedSeconds) {
    this.out = out;
    this.turns = turns;
    this.expectedSeconds = expectedSeconds;
    startNanos = System.nanoTime();
    out.printf(Locale.ROOT, "%d turns, about %s%n", turns, inWords(expectedSeconds));
  }

  /**
   * A turn is over.
   *
   * @param turnSeconds how long it was expected to take
   * @param what whose it was, and what it gave
   */
  void turnEnded(double turnSeconds, String what) {
    done++;
    doneSeconds += turnSeconds;
    double elapsed = (System.nanoTime() - startNanos) / 1e9;
    double left = elapsed / doneSeconds * (expectedSeconds - doneSeconds);
    String time = done == turns ? "done in " + inWords(elapsed) : inWords(left) + " left";
    out.printf(
        Locale.ROOT, "[%" + ("" + turns).length() + "d/%d] %s   %s%n", done, turns, what, time);
  }

  private static String inWords(double seconds) {
    Duration duration = Duration.ofSeconds(Math.round(seconds));
    if (duration.toMinutes() == 0) return duration.toSeconds() + " s";
    if (duration.toHours() == 0) return duration.toMinutes() + " min";
    return duration.toHours() + " h " + duration.toMinutesPart() + " min";
  }
}
