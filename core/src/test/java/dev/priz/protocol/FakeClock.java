package dev.priz.protocol;

import java.time.Duration;

/** A clock that stands still until it is told to go on. */
final class FakeClock {
  private long nowNanos;

  /** A clock that, as System.nanoTime may, starts below zero and soon passes it. */
  FakeClock() {
    this(-5_000_000_000L);
  }

  FakeClock(long nowNanos) {
    this.nowNanos = nowNanos;
  }

  long nowNanos() {
    return nowNanos;
  }

  void advance(Duration duration) {
    nowNanos += duration.toNanos();
  }

  void advanceSeconds(int seconds) {
    advance(Duration.ofSeconds(seconds));
  }

  /** Goes on to a deadline. */
  void advanceTo(long deadlineNanos) {
    nowNanos = deadlineNanos;
  }
}
