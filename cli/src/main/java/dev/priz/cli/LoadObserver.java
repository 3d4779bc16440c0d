package dev.priz.cli;

import org.HdrHistogram.Histogram;

/** Follows a load test while it runs. Called by one thread. */
interface LoadObserver {
  /** A part of the warm-up is over. */
  void warmedUp(Interval interval);

  /** A part of the measured time, a second or less, is over. */
  void measured(Interval interval);

  /**
   * What happened in some time.
   *
   * @param endSeconds when it ended, counted from the start of the measured time; negative in the
   *     warm-up
   * @param seconds how long it was
   * @param counts of that time
   * @param latencies of that time, in nanoseconds; lent until the call returns
   * @param open connections at its end
   */
  record Interval(
      double endSeconds, double seconds, Counts counts, Histogram latencies, int open) {}
}
