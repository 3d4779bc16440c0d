package dev.priz.topic;

import dev.priz.protocol.Connection;

/** What a topic may be called: any text of 1 to 255 bytes without control characters. */
public final class TopicName {
  /** The most bytes of UTF-8 in a name. */
  public static final int MAX_BYTES = 255;

  private TopicName() {}

  /**
   * Checks a name.
   *
   * @return the name
   * @throws IllegalArgumentException if it is empty, has over {@link #MAX_BYTES} bytes, a control
   *     character or an unpaired surrogate
   */
  public static String check(String name) {
    if (name.isEmpty()) throw new IllegalArgumentException("a topic's name must not be empty");
    // Counted only once it cannot be much: a peer may have sent it.
    int bytes = name.length() > MAX_BYTES ? name.length() : Connection.textBytes(name);
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a topic's name has at most " + MAX_BYTES + " bytes, this one has " + bytes + " or more");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a topic's name must not have control characters");
    }
    return name;
  }
}
