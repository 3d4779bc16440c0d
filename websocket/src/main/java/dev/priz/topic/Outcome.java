package dev.priz.topic;

/** What became of a publication. */
public sealed interface Outcome {

  /**
   * It is in the topic.
   *
   * @param position right after it
   */
  record Accepted(Position position) implements Outcome {}

  /**
   * It is certainly not in the topic, and nobody gets it.
   *
   * @param reason the kind of the obstacle
   * @param message says what is wrong and what would help
   */
  record Rejected(Reason reason, String message) implements Outcome {}

  /**
   * The broker did not answer in time: it may be in the topic or not. Who publishes it again gives
   * both the same {@linkplain Publication#idempotencyKey key}.
   */
  record Unknown(String message) implements Outcome {}

  /** Why a publication was rejected. */
  enum Reason {
    /** The topic's name is none. */
    BAD_NAME,
    /** The payload or a key is too big, or no JSON. */
    BAD_PUBLICATION,
    /** There are as many topics as there may be. */
    TOO_MANY_TOPICS,
    /** More is under way than may be, because loops or the broker do not keep up. */
    OVERLOADED,
    /** The {@code TopicRules} of the connection's route do not allow it. */
    NOT_ALLOWED,
    /** The server is stopping, or the broker is gone. */
    CLOSED
  }
}
