package dev.priz.topic;

import java.time.Duration;

/**
 * How the topics of a pattern behave. Start from {@link #DEFAULT} and change what differs.
 *
 * @param retention what is kept for those who come back; {@link Retention#NONE}
 * @param slowPolicy what happens to slow subscribers; {@link SlowPolicy#CLOSE}
 * @param waitingBytes what waits for one slow subscription at most, where the policy drops; 64 KiB
 */
public record TopicOptions(Retention retention, SlowPolicy slowPolicy, int waitingBytes) {
  private static final int LEAST_BYTES = 1_024;

  /** Topics without history, which slow subscribers leave. */
  public static final TopicOptions DEFAULT =
      new TopicOptions(Retention.NONE, SlowPolicy.CLOSE, 64 * 1024);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code waitingBytes} is below 1,024
   */
  public TopicOptions {
    if (waitingBytes < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "waitingBytes is " + waitingBytes + ", the least is " + LEAST_BYTES);
    }
  }

  /** These options with a history of so many messages, each kept for so long. */
  public TopicOptions history(int messages, Duration timeToLive) {
    return new TopicOptions(new Retention(messages, timeToLive), slowPolicy, waitingBytes);
  }

  /** These options with another {@link #slowPolicy()}. */
  public TopicOptions slow(SlowPolicy policy) {
    return new TopicOptions(retention, policy, waitingBytes);
  }

  /** These options with other {@link #waitingBytes()}. */
  public TopicOptions waitingBytes(int bytes) {
    return new TopicOptions(retention, slowPolicy, bytes);
  }
}
