package dev.priz.benchmarks.soak;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** How late the probes of the last ten seconds came. Any thread may call its methods. */
final class Delays {
  private static final long WINDOW_NANOS = 10_000_000_000L;

  private final ArrayDeque<Delay> window = new ArrayDeque<>();
  private long beginNanos = System.nanoTime();

  /**
   * A probe that should have run at one time and ran at another.
   *
   * @param waitedNanos how long its thread waited for a processor meanwhile, and up to one period
   *     before
   */
  record Delay(long dueNanos, long ranNanos, long waitedNanos) {
    long nanos() {
      return ranNanos - dueNanos;
    }

    /** The delay without the wait for a processor. */
    long ownNanos() {
      return Math.max(0, nanos() - waitedNanos);
    }
  }

  /** Forgets all, and those that were due before a time. */
  synchronized void beginAt(long nanos) {
    window.clear();
    beginNanos = nanos;
  }

  /** Notes one. */
  synchronized void add(Delay delay) {
    if (delay.dueNanos - beginNanos >= 0) window.add(delay);
  }

  /** The delay, in milliseconds, that all but a hundredth of the window did not exceed. */
  double p99(long nowNanos) {
    return p99(nowNanos, Delay::nanos);
  }

  /** The same without the waits for a processor. */
  double ownP99(long nowNanos) {
    return p99(nowNanos, Delay::ownNanos);
  }

  /** Those that ran in a span of time. */
  synchronized List<Delay> between(long fromNanos, long toNanos) {
    List<Delay> found = new ArrayList<>();
    for (Delay delay : window) {
      if (delay.ranNanos - fromNanos >= 0 && delay.ranNanos - toNanos < 0) found.add(delay);
    }
    return found;
  }

  private synchronized double p99(long nowNanos, ToLongFunction<Delay> value) {
    while (!window.isEmpty() && nowNanos - window.getFirst().ranNanos > WINDOW_NANOS) {
      window.removeFirst();
    }
    if (window.isEmpty()) return 0;
    long[] sorted = window.stream().mapToLong(value).sorted().toArray();
    return sorted[(int) Math.ceil(sorted.length * 0.99) - 1] / 1e6;
  }
}
