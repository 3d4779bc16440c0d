package dev.priz;

import dev.priz.topic.Position;

/** What was published to a topic, made for pattern matching. */
public sealed interface TopicMessage {

  /** The topic's name. */
  String topic();

  /**
   * The place right after it in the topic. Who keeps it can {@linkplain
   * TopicSubscriptionBuilder#since go on from there}, even in another run of the program.
   */
  Position position();

  /**
   * The content of {@link Json} and {@link Text}.
   *
   * @throws IllegalStateException if it is {@link Binary}, whose bytes need not be text
   */
  default String text() {
    throw new IllegalStateException("a binary message carries bytes, not text");
  }

  /**
   * A value of JSON.
   *
   * @param text the value as it was published
   */
  record Json(String topic, Position position, String text) implements TopicMessage {}

  /**
   * Any text.
   *
   * @param text what was published
   */
  record Text(String topic, Position position, String text) implements TopicMessage {}

  /**
   * Bytes.
   *
   * @param data what was published; the receiver's to keep
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Binary(String topic, Position position, byte[] data) implements TopicMessage {}
}
