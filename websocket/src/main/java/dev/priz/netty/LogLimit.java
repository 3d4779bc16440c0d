package dev.priz.netty;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps what peers can cause at will from flooding the log: lets through so many lines at once, and
 * after those one a second, and counts the rest. For any thread.
 */
public final class LogLimit {
  private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoClock;
  private final long burstNanos;
  // When the lines let through so far will have been paid for, at one a second.
  private final AtomicLong paidNanos;
  private final AtomicLong held = new AtomicLong();

  /**
   * A limit.
   *
   * @param burst how many lines may come at once
   */
  public LogLimit(int burst) {
    this(burst, System::nanoTime);
  }

  LogLimit(int burst, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    burstNanos = burst * LINE_NANOS;
    paidNanos = new AtomicLong(nanoClock.getAsLong());
  }

  /**
   * Asks for a line.
   *
   * @return how many have been held back since the last one, or −1 if this one is held back too
   */
  public long ask() {
    long now = nanoClock.getAsLong();
    long paid = paidNanos.get();
    long start = paid - now < 0 ? now : paid;
    boolean free = start + LINE_NANOS - now <= burstNanos;
    if (free && paidNanos.compareAndSet(paid, start + LINE_NANOS)) return held.getAndSet(0);
    held.incrementAndGet();
    return -1;
  }

  /** What to put behind a line before which so many were held back. */
  public static String tail(long held) {
    return held == 0 ? "" : "; " + held + " like it were not logged";
  }
}
