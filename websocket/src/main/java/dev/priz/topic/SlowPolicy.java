package dev.priz.topic;

/**
 * What happens to what is published while a subscriber has not taken what it got before. It never
 * holds up the others. All but {@link #CLOSE} tell the subscriber and the application how much was
 * dropped.
 */
public enum SlowPolicy {
  /**
   * It waits, up to the connection's {@code maxQueuedBytes}; then the connection is given up, with
   * code 1013. A subscriber that comes back recovers what the topic's history still has.
   */
  CLOSE,
  /** The newest wait, {@link TopicOptions#waitingBytes} of them; older ones are dropped. */
  DROP_OLDEST,
  /** The oldest wait, {@link TopicOptions#waitingBytes} of them; newer ones are dropped. */
  DROP_NEWEST,
  /**
   * The newest with each {@linkplain Publication#key key} waits, in place of the one before, such
   * as the latest price of each symbol; what has no key as with {@link #DROP_OLDEST}.
   */
  CONFLATE
}
