package dev.priz.topic;

/**
 * How much all topics of a server together may take. Start from {@link #DEFAULT} and change what
 * differs.
 *
 * @param maxTopics with subscribers on this server; 1,000,000
 * @param maxSubscriptions of one connection; 128
 * @param maxPayloadBytes of one publication; 1 MiB
 * @param maxBacklogBytes published and not yet handed to the connections of one event loop; threads
 *     that publish wait beyond a quarter of it, and who cannot wait is rejected beyond all of it;
 *     64 MiB
 */
public record TopicLimits(
    int maxTopics, int maxSubscriptions, int maxPayloadBytes, long maxBacklogBytes) {

  /** What fits a server on the open internet. */
  public static final TopicLimits DEFAULT = new TopicLimits(1_000_000, 128, 1 << 20, 64L << 20);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a number is below 1
   */
  public TopicLimits {
    atLeastOne("maxTopics", maxTopics);
    atLeastOne("maxSubscriptions", maxSubscriptions);
    atLeastOne("maxPayloadBytes", maxPayloadBytes);
    atLeastOne("maxBacklogBytes", maxBacklogBytes);
  }

  /** These limits with other {@link #maxTopics()}. */
  public TopicLimits maxTopics(int topics) {
    return new TopicLimits(topics, maxSubscriptions, maxPayloadBytes, maxBacklogBytes);
  }

  /** These limits with other {@link #maxSubscriptions()}. */
  public TopicLimits maxSubscriptions(int ofOneConnection) {
    return new TopicLimits(maxTopics, ofOneConnection, maxPayloadBytes, maxBacklogBytes);
  }

  /** These limits with other {@link #maxPayloadBytes()}. */
  public TopicLimits maxPayloadBytes(int bytes) {
    return new TopicLimits(maxTopics, maxSubscriptions, bytes, maxBacklogBytes);
  }

  /** These limits with other {@link #maxBacklogBytes()}. */
  public TopicLimits maxBacklogBytes(long bytes) {
    return new TopicLimits(maxTopics, maxSubscriptions, maxPayloadBytes, bytes);
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) throw new IllegalArgumentException(name + " is " + value + ", the least is 1");
  }
}
