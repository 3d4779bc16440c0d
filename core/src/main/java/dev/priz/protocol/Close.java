package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * A Close frame: why an endpoint ends the connection (RFC 6455 §5.5.1).
 *
 * @param code a code that is {@linkplain CloseCode#isAllowedOnWire allowed on the wire}, or {@link
 *     CloseCode#NO_STATUS} for a frame without one
 * @param reason text of at most 123 bytes of UTF-8, meant for people and logs; empty if there is no
 *     code
 */
public record Close(int code, String reason) implements Message {
  static final int MAX_REASON_BYTES = 123;

  /** A Close frame with an empty payload. */
  public static final Close EMPTY = new Close(CloseCode.NO_STATUS, "");

  /**
   * Checks that the frame can be sent.
   *
   * @throws IllegalArgumentException if the code may not be on the wire, or the reason is too long,
   *     stands without a code, or has an unpaired surrogate
   */
  public Close {
    if (code == CloseCode.NO_STATUS) {
      if (!reason.isEmpty()) throw new IllegalArgumentException("a reason needs a close code");
    } else if (!CloseCode.isAllowedOnWire(code)) {
      throw new IllegalArgumentException(
          "close code is " + code + ", allowed are 1000-1003, 1007-1014 and 3000-4999");
    }
    int reasonBytes = Utf8Encoder.length(reason);
    if (reasonBytes > MAX_REASON_BYTES) {
      throw new IllegalArgumentException(
          "reason is " + reasonBytes + " bytes, the limit is " + MAX_REASON_BYTES);
    }
  }

  @Override
  public Opcode opcode() {
    return Opcode.CLOSE;
  }

  @Override
  public byte[] data() {
    if (code == CloseCode.NO_STATUS) return new byte[0];
    byte[] text = reason.getBytes(UTF_8);
    byte[] data = new byte[2 + text.length];
    data[0] = (byte) (code >> 8);
    data[1] = (byte) code;
    System.arraycopy(text, 0, data, 2, text.length);
    return data;
  }

  @Override
  public String text() {
    return reason;
  }

  /**
   * The rule that a received Close payload breaks, or null; only such a payload may go to {@link
   * #parse}.
   */
  static @Nullable Violation violationIn(byte[] payload) {
    if (payload.length == 0) return null;
    // RFC 6455 §5.5.1: "the first two bytes of the body MUST be a 2-byte unsigned integer"
    if (payload.length == 1) return Violation.CLOSE_PAYLOAD_TOO_SHORT;
    if (!CloseCode.isAllowedOnWire(codeIn(payload))) return Violation.CLOSE_CODE_NOT_ALLOWED;
    var utf8 = new Utf8Validator();
    boolean valid = utf8.accept(payload, 2, payload.length) && utf8.isComplete();
    return valid ? null : Violation.CLOSE_REASON_NOT_UTF8;
  }

  static Close parse(byte[] payload) {
    if (payload.length == 0) return EMPTY;
    return new Close(codeIn(payload), new String(payload, 2, payload.length - 2, UTF_8));
  }

  private static int codeIn(byte[] payload) {
    return (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
  }
}
