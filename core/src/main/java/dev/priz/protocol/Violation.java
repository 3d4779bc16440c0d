package dev.priz.protocol;

import dev.priz.protocol.deflate.InflateFault;
import org.jspecify.annotations.Nullable;

/**
 * A rule that a peer can break: the close code that answers it, the section it stands in, and the
 * words for a Close frame.
 */
public enum Violation {
  /** A reserved bit is set although no extension defines it. */
  RESERVED_BIT(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.2", "reserved bit without an extension"),
  /** An opcode that the RFC reserves. */
  RESERVED_OPCODE(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.2", "reserved opcode"),
  /** A client sent a frame without a mask. */
  UNMASKED_FRAME(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.1", "unmasked frame from a client"),
  /** A server sent a frame with a mask. */
  MASKED_FRAME(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.1", "masked frame from a server"),
  /** A length in more bytes than it needs. */
  LENGTH_NOT_MINIMAL(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.2", "length not in its shortest form"),
  /** A 64-bit length with the most significant bit set. */
  LENGTH_NEGATIVE(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.2", "length with its first bit set"),
  /** A control frame without FIN. */
  FRAGMENTED_CONTROL(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.5", "fragmented control frame"),
  /** A control frame of more than 125 bytes. */
  CONTROL_TOO_LONG(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.5", "control frame over 125 bytes"),
  /** A continuation frame outside a message. */
  UNEXPECTED_CONTINUATION(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.4", "continuation of no message"),
  /** A new message before the last one ended. */
  INTERLEAVED_MESSAGE(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.4", "new message inside another"),
  /** A Close frame with a payload of one byte. */
  CLOSE_PAYLOAD_TOO_SHORT(CloseCode.PROTOCOL_ERROR, "RFC 6455 §5.5.1", "close payload of 1 byte"),
  /** A Close frame with a code that may not be on the wire. */
  CLOSE_CODE_NOT_ALLOWED(CloseCode.PROTOCOL_ERROR, "RFC 6455 §7.4", "close code not allowed"),
  /** A close reason that is not UTF-8. */
  CLOSE_REASON_NOT_UTF8(CloseCode.INVALID_PAYLOAD, "RFC 6455 §8.1", "close reason is not UTF-8"),
  /** A text message that is not UTF-8. */
  TEXT_NOT_UTF8(CloseCode.INVALID_PAYLOAD, "RFC 6455 §8.1", "text is not UTF-8"),
  /** A message, or a frame of it, over the size limit. */
  MESSAGE_TOO_BIG(
      CloseCode.MESSAGE_TOO_BIG, "RFC 6455 §7.4.1", "message too big", "maxMessageBytes"),
  /** A compressed message that cannot be decompressed. */
  DEFLATE_MALFORMED(
      CloseCode.INVALID_PAYLOAD, "RFC 7692 §7.2.2", "compressed message is malformed"),
  /** A compressed message over the size limit. */
  DEFLATE_TOO_BIG(
      CloseCode.MESSAGE_TOO_BIG, "RFC 7692 §8", "decompressed message too big", "maxMessageBytes"),
  /** A compressed message that grows more than the limit. */
  DEFLATE_RATIO(
      CloseCode.MESSAGE_TOO_BIG, "RFC 7692 §8", "message compressed too well", "maxInflateRatio"),
  /** A compressed message that says too little for its size. */
  DEFLATE_WORK(
      CloseCode.MESSAGE_TOO_BIG,
      "RFC 7692 §8",
      "too much compressed for nothing",
      "maxIdleInflateWork"),
  /** A message in more fragments than the limit. */
  TOO_MANY_FRAGMENTS(
      CloseCode.MESSAGE_TOO_BIG, "RFC 6455 §10.4", "too many fragments", "maxFragments"),
  /** Control frames faster than the limit. */
  TOO_MANY_CONTROL_FRAMES(
      CloseCode.POLICY_VIOLATION,
      "RFC 6455 §10.4",
      "too many control frames",
      "controlFramesPerSecond"),
  /**
   * A message that would make this end hold more than it may for all connections together; the
   * peer's only fault is the moment that it chose.
   */
  OVERLOAD(
      CloseCode.TRY_AGAIN_LATER, "RFC 6455 §10.4", "server holds too much now", "maxInboundBytes"),
  /** A message that did not become whole in time. */
  MESSAGE_TOO_SLOW(
      CloseCode.POLICY_VIOLATION, "RFC 6455 §10.4", "message incomplete for too long", "message"),
  /** Nothing came from the peer in time after a keep-alive Ping. */
  KEEP_ALIVE_TIMEOUT(
      CloseCode.INTERNAL_ERROR, "RFC 6455 §5.5.2", "no answer to keep-alive ping", "pongTimeout");

  private final int closeCode;
  private final String section;
  private final String text;
  private final @Nullable String limit;

  Violation(int closeCode, String section, String text) {
    this(closeCode, section, text, null);
  }

  Violation(int closeCode, String section, String text, @Nullable String limit) {
    this.closeCode = closeCode;
    this.section = section;
    this.text = text;
    this.limit = limit;
  }

  /** The rule behind what is wrong with a compressed message. */
  static Violation of(InflateFault fault) {
    return switch (fault) {
      case OUTPUT_LIMIT -> DEFLATE_TOO_BIG;
      case RATIO_LIMIT -> DEFLATE_RATIO;
      case WORK_LIMIT -> DEFLATE_WORK;
      case BLOCK_TYPE,
          STORED_LENGTH,
          TOO_MANY_SYMBOLS,
          CODE_LENGTHS,
          LENGTH_REPEAT,
          NO_END_OF_BLOCK,
          LITERAL_CODES,
          DISTANCE_CODES,
          LITERAL,
          DISTANCE,
          DISTANCE_TOO_FAR,
          TRUNCATED ->
          DEFLATE_MALFORMED;
    };
  }

  /** The close code that this end sends. */
  public int closeCode() {
    return closeCode;
  }

  /** Where the rule stands, such as {@code RFC 6455 §5.2}. */
  public String section() {
    return section;
  }

  /** A few words, which the Close frame carries as its reason. */
  public String text() {
    return text;
  }

  /**
   * The option of {@link Limits} or {@link Timeouts} that the peer went beyond, such as {@code
   * maxMessageBytes}; null where the rule has no option.
   */
  public @Nullable String limit() {
    return limit;
  }
}
