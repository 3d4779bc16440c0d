package dev.priz.protocol;

import dev.priz.protocol.deflate.InflateFault;
import org.jspecify.annotations.Nullable;

/**
 * The peer broke a rule, so this end fails the connection (RFC 6455 §7.1.7): it sends the
 * violation's close code and ignores all further input.
 *
 * @param violation the rule
 * @param detail what was found and what was expected, without payload bytes
 */
public record Failed(Violation violation, String detail) implements Event {

  /**
   * A failure in the words that fit it.
   *
   * @param header of the frame that it was found in
   * @param storedBytes of the message that is under way
   * @param fault what is wrong with it, if it is compressed, or null
   */
  static Failed by(
      Violation violation,
      FrameHeader header,
      int storedBytes,
      @Nullable InflateFault fault,
      Limits limits) {
    return new Failed(
        violation,
        switch (violation) {
          // Unsigned, because a declared length of 2^63 - 1 and what has been stored go beyond a
          // long.
          case MESSAGE_TOO_BIG ->
              "message is at least "
                  + Long.toUnsignedString(storedBytes + header.payloadLength())
                  + " bytes, the limit is "
                  + limits.maxMessageBytes();
          case DEFLATE_MALFORMED ->
              fault == null ? violation.text() : violation.text() + ": " + told(fault);
          case DEFLATE_TOO_BIG ->
              "message is over " + limits.maxMessageBytes() + " bytes when it is decompressed";
          case DEFLATE_RATIO ->
              "message is over " + limits.maxInflateRatio() + " times as long when decompressed";
          case TOO_MANY_FRAGMENTS -> "message has over " + limits.maxFragments() + " fragments";
          case TOO_MANY_CONTROL_FRAMES ->
              "over " + limits.controlFramesPerSecond() + " pings and pongs a second";
          case UNEXPECTED_CONTINUATION, INTERLEAVED_MESSAGE, CONTROL_TOO_LONG, FRAGMENTED_CONTROL ->
              violation.text() + " (opcode " + header.opcode() + ")";
          default -> violation.text();
        });
  }

  // Some clients do not heed client_no_context_takeover (RFC 7692 §7.1.1.2).
  private static String told(InflateFault fault) {
    return fault == InflateFault.DISTANCE_TOO_FAR
        ? fault.text() + "; DeflateOptions.receive(true, 15) takes peers that forget nothing"
        : fault.text();
  }
}
