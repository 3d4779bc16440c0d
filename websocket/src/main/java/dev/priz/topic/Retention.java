package dev.priz.topic;

import java.time.Duration;

/**
 * How much of a topic its broker keeps for those who come back: a cache, not a store. Both limits
 * hold whenever the history is read.
 *
 * @param messages the newest ones that are kept; 0 for none
 * @param timeToLive how long each is kept
 */
public record Retention(int messages, Duration timeToLive) {
  /** The most messages that a topic may keep. */
  public static final int MAX_MESSAGES = 1_000_000;

  /** Keeps nothing. */
  public static final Retention NONE = new Retention(0, Duration.ZERO);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a number is negative or {@code messages} over {@link
   *     #MAX_MESSAGES}
   */
  public Retention {
    if (messages < 0 || messages > MAX_MESSAGES) {
      throw new IllegalArgumentException(
          "messages is " + messages + ", expected 0 to " + MAX_MESSAGES);
    }
    if (timeToLive.isNegative()) {
      throw new IllegalArgumentException(
          "timeToLive is " + timeToLive + ", it must not be negative");
    }
  }
}
