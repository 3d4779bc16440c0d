package dev.priz.netty;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all connections of a server together hold of what they received and have not handed over.
 * For any thread.
 */
public final class Budget {
  private final long maxBytes;
  private final AtomicLong bytes = new AtomicLong();

  /** A budget of which nothing has been used. */
  public Budget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Notes that so much more is held, or less if it is negative.
   *
   * @return whether that is within the budget
   */
  boolean charge(long moreBytes) {
    return bytes.addAndGet(moreBytes) <= maxBytes;
  }

  /** Whether as much is held as may be. */
  boolean isExhausted() {
    return bytes.get() >= maxBytes;
  }

  /** How much is held. */
  long bytes() {
    return bytes.get();
  }
}
