package dev.priz.topic;

/**
 * A place in the history of a topic: after the publication that has this offset. Two equal
 * positions mean the same history up to there. The three values belong together: whoever keeps a
 * position keeps all of them, and takes none of them alone from another.
 *
 * @param epoch names one life of the topic's history, 1 to {@link #MAX_EPOCH_LENGTH} characters of
 *     ASCII; a new process has a new one
 * @param offset rises in a topic with each publication, by one or more; unsigned. 0 is before the
 *     first
 * @param tag a hash of the publication at this offset, which tells a history that was lost and grew
 *     again from the one that was seen
 */
public record Position(String epoch, long offset, int tag) {
  /** The most characters in an epoch. */
  public static final int MAX_EPOCH_LENGTH = 16;

  private static final int MAX_AT_LENGTH = 20 + 1 + 8;

  /**
   * Checks the epoch.
   *
   * @throws IllegalArgumentException if it is too short, too long, or not printable ASCII
   */
  public Position {
    boolean fits = !epoch.isEmpty() && epoch.length() <= MAX_EPOCH_LENGTH;
    for (int i = 0; fits && i < epoch.length(); i++) {
      fits = epoch.charAt(i) > ' ' && epoch.charAt(i) < 0x7f;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "epoch has to be 1 to " + MAX_EPOCH_LENGTH + " printable characters of ASCII");
    }
  }

  /**
   * The position that {@link #at()} stands for.
   *
   * @throws IllegalArgumentException if it stands for none
   */
  public static Position of(String epoch, String at) {
    int dash = at.indexOf('-');
    if (dash > 0 && at.length() <= MAX_AT_LENGTH) {
      try {
        long offset = Long.parseUnsignedLong(at, 0, dash, 10);
        return new Position(epoch, offset, Integer.parseUnsignedInt(at, dash + 1, at.length(), 16));
      } catch (NumberFormatException malformed) {
        // As what has no dash.
      }
    }
    throw new IllegalArgumentException("position is malformed, expected such as 42-9f3a");
  }

  /** Offset and tag as one word, such as {@code 42-9f3a}. */
  public String at() {
    return at(offset, tag);
  }

  /** An offset and a tag as {@link #at()} gives them. */
  static String at(long offset, int tag) {
    return Long.toUnsignedString(offset) + "-" + Integer.toHexString(tag);
  }
}
