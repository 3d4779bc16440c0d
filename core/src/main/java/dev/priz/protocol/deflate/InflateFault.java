package dev.priz.protocol.deflate;

/** What can be wrong with a compressed message. */
public enum InflateFault {
  /** The block type 3, which is reserved. */
  BLOCK_TYPE("RFC 1951 §3.2.3", "reserved block type"),
  /** The length of a stored block does not match its complement. */
  STORED_LENGTH("RFC 1951 §3.2.4", "stored length without its complement"),
  /** More than 286 literal and length codes, or more than 30 distance codes. */
  TOO_MANY_SYMBOLS("RFC 1951 §3.2.7", "too many codes"),
  /** The code of the code lengths is over-subscribed or incomplete. */
  CODE_LENGTHS("RFC 1951 §3.2.7", "bad code of the code lengths"),
  /** A code length is repeated before the first or beyond the last. */
  LENGTH_REPEAT("RFC 1951 §3.2.7", "bad repetition of a code length"),
  /** No code for the end of the block. */
  NO_END_OF_BLOCK("RFC 1951 §3.2.7", "no code for the end of the block"),
  /** The code of literals and lengths is over-subscribed or incomplete. */
  LITERAL_CODES("RFC 1951 §3.2.7", "bad code of literals and lengths"),
  /** The code of distances is over-subscribed or incomplete. */
  DISTANCE_CODES("RFC 1951 §3.2.7", "bad code of distances"),
  /** Bits that are no literal or length. */
  LITERAL("RFC 1951 §3.2.6", "no such literal or length"),
  /** Bits that are no distance. */
  DISTANCE("RFC 1951 §3.2.6", "no such distance"),
  /** A distance beyond the first byte or beyond the window. */
  DISTANCE_TOO_FAR("RFC 7692 §7.1.2", "distance beyond the window"),
  /** The message ends inside a block. */
  TRUNCATED("RFC 7692 §7.2.2", "message ends inside a block"),
  /** More output than {@link InflateLimits#maxOutputBytes}. */
  OUTPUT_LIMIT("RFC 7692 §8", "decompressed message too big"),
  /** More output for its input than {@link InflateLimits#maxRatio}. */
  RATIO_LIMIT("RFC 7692 §8", "compressed too well"),
  /** More work for its output than {@link InflateLimits#maxIdleWork}. */
  WORK_LIMIT("RFC 7692 §8", "too much input for its output");

  private final String section;
  private final String text;

  InflateFault(String section, String text) {
    this.section = section;
    this.text = text;
  }

  /** Where the rule stands, such as {@code RFC 1951 §3.2.3}. */
  public String section() {
    return section;
  }

  /** A few words for a Close frame or a log. */
  public String text() {
    return text;
  }

  /** Whether the message may be well-formed and only breaks a limit of this end. */
  public boolean isLimit() {
    return this == OUTPUT_LIMIT || this == RATIO_LIMIT || this == WORK_LIMIT;
  }
}
