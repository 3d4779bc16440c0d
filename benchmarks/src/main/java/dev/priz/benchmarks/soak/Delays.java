package dev.priz.benchmarks.soak;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** How late the probes of the last ten seconds came. Any thread may call its methods. */
final class Delays {
  private static final long WINDOW_NANOS = 10_000_000_000L;

  private final ArrayDeque<Delay> window = new ArrayDeque<>();
  private long beginNanos = System.nanoTime();

  /** A probe that should have run at one time and ran at another. */
  record Delay(long dueNanos, long ranNanos) {
    long nanos() {
      return ranNanos - dueNanos;
    }
  }

  /** Forgets all, and those that were due before a time. */
  synchronized void beginAt(long nanos) {
    window.clear();
    beginNanos = nanos;
  }

  /** Notes one. */
  synchronized void add(long dueNanos, long ranNanos) {
    if (dueNanos - beginNanos >= 0) window.add(new Delay(dueNanos, ranNanos));
  }

  /**
   * The delay, in milliseconds, that all but a hundredth of the window did not exceed; forgets what
   * is older.
   */
  synchronized double p99(long nowNanos) {
    while (!window.isEmpty() && nowNanos - window.getFirst().ranNanos > WINDOW_NANOS) {
      window.removeFirst();
    }
    if (window.isEmpty()) return 0;
    long[] sorted = window.stream().mapToLong(Delay::nanos).sorted().toArray();
    return sorted[(int) Math.ceil(sorted.length * 0.99) - 1] / 1e6;
  }

  /** Those that ran in a span of time. */
  synchronized List<Delay> between(long fromNanos, long toNanos) {
    List<Delay> found = new ArrayList<>();
    for (Delay delay : window) {
      if (delay.ranNanos - fromNanos >= 0 && delay.ranNanos - toNanos < 0) found.add(delay);
    }
    return found;
  }

  /** Whether one came so late that it waited in a span of time. */
  synchronized boolean wasLateIn(long fromNanos, long toNanos, long lateNanos) {
    return window.stream()
        .anyMatch(delay ->
            delay.nanos() > lateNanos
                && delay.dueNanos - toNanos < 0
                && delay.ranNanos - fromNanos > 0);
  }
}
