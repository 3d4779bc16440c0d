package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames off a whole array, in the order of RFC 6455 §5.2 and with no thought of speed: what
 * {@link Connection} must agree with.
 */
final class ReferenceDecoder {
  private final Side side;
  private final Limits limits;
  private final byte[] wire;
  private final ReferenceUtf8 utf8 = new ReferenceUtf8();
  private final List<Object> found = new ArrayList<>();
  private int at;
  private boolean ended;
  private @Nullable Opcode messageOpcode;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private int fragments;

  private ReferenceDecoder(Side side, Limits limits, byte[] wire) {
    this.side = side;
    this.limits = limits;
    this.wire = wire;
  }

  /** The messages in the bytes, and the rule that they break, if any, at the end. */
  static List<Object> decode(Side side, Limits limits, byte[] wire) {
    var decoder = new ReferenceDecoder(side, limits, wire);
    while (!decoder.ended) decoder.decodeFrame();
    return decoder.found;
  }

  private void decodeFrame() {
    if (!has(1)) return;
    int first = wire[at++] & 0xFF;
    if ((first & 0b0111_0000) != 0) fail(Violation.RESERVED_BIT);
    Opcode opcode = Opcode.of(first & 0b1111);
    if (opcode == null) fail(Violation.RESERVED_OPCODE);
    boolean fin = first >= 0b1000_0000;
    if (opcode != null && opcode.isControl() && !fin) fail(Violation.FRAGMENTED_CONTROL);

    if (!has(1) || opcode == null) return;
    int second = wire[at++] & 0xFF;
    boolean masked = second >= 0b1000_0000;
    if (masked && side == Side.CLIENT) fail(Violation.MASKED_FRAME);
    if (!masked && side == Side.SERVER) fail(Violation.UNMASKED_FRAME);
    long length = second & 0b0111_1111;
    if (opcode.isControl() && length > 125) fail(Violation.CONTROL_TOO_LONG);
    if (length >= 126) length = length == 126 ? decodeLength(2, 126) : decodeLength(8, 65_536);

    byte[] key = new byte[4];
    if (!has(masked ? 4 : 0)) return;
    for (int i = 0; masked && i < 4; i++) key[i] = wire[at++];
    if (opcode.isControl()) {
      decodeControl(opcode, decodePayload(length, key), (int) length);
    } else {
      decodeData(opcode, fin, length, key);
    }
  }

  private long decodeLength(int bytes, long least) {
    if (bytes == 8 && has(1) && wire[at] < 0) fail(Violation.LENGTH_NEGATIVE);
    if (!has(bytes)) return 0;
    long length = 0;
    for (int i = 0; i < bytes; i++) length = length * 256 + (wire[at++] & 0xFF);
    if (length < least) fail(Violation.LENGTH_NOT_MINIMAL);
    return length;
  }

  private byte[] decodePayload(long length, byte[] key) {
    int available = (int) Math.min(length, wire.length - at);
    byte[] payload = new byte[ended ? 0 : available];
    for (int i = 0; i < payload.length; i++) payload[i] = (byte) (wire[at++] ^ key[i % 4]);
    return payload;
  }

  private void decodeControl(Opcode opcode, byte[] payload, int length) {
    if (ended || payload.length < length) {
      ended = true;
      return;
    }
    switch (opcode) {
      case PING -> found.add(new Ping(payload));
      case PONG -> found.add(new Pong(payload));
      default -> decodeClose(payload);
    }
  }

  private void decodeClose(byte[] payload) {
    if (payload.length == 1) fail(Violation.CLOSE_PAYLOAD_TOO_SHORT);
    if (payload.length == 0) found.add(Close.EMPTY);
    if (payload.length >= 2) {
      int code = (payload[0] & 0xFF) * 256 + (payload[1] & 0xFF);
      byte[] reason = Arrays.copyOfRange(payload, 2, payload.length);
      boolean standard = code >= 1000 && code <= 1014 && (code <= 1003 || code >= 1007);
      if (!standard && (code < 3000 || code > 4999)) fail(Violation.CLOSE_CODE_NOT_ALLOWED);
      if (!utf8.isValid(reason)) fail(Violation.CLOSE_REASON_NOT_UTF8);
      if (!ended) found.add(new Close(code, new String(reason, UTF_8)));
    }
    ended = true;
  }

  private void decodeData(Opcode opcode, boolean fin, long length, byte[] key) {
    if (opcode == Opcode.CONTINUATION) {
      if (messageOpcode == null) fail(Violation.UNEXPECTED_CONTINUATION);
    } else {
      if (messageOpcode != null) fail(Violation.INTERLEAVED_MESSAGE);
      messageOpcode = opcode;
      fragments = 0;
    }
    if (length > limits.maxMessageBytes() - message.size()) fail(Violation.MESSAGE_TOO_BIG);
    if (++fragments > limits.maxFragments()) fail(Violation.TOO_MANY_FRAGMENTS);
    byte[] payload = decodePayload(length, key);
    message.writeBytes(payload);
    boolean ends = fin && payload.length == length;
    if (messageOpcode == Opcode.TEXT) {
      byte[] text = message.toByteArray();
      if (ends ? !utf8.isValid(text) : !utf8.canBecomeValid(text)) fail(Violation.TEXT_NOT_UTF8);
    }
    if (payload.length < length) ended = true;
    if (ends && !ended) endMessage();
  }

  private void endMessage() {
    byte[] data = message.toByteArray();
    found.add(messageOpcode == Opcode.TEXT ? new Text(new String(data, UTF_8)) : new Binary(data));
    message.reset();
    messageOpcode = null;
  }

  // Only the first broken rule counts.
  private void fail(Violation violation) {
    if (!ended) found.add(violation);
    ended = true;
  }

  private boolean has(int bytes) {
    if (wire.length - at < bytes) ended = true;
    return !ended;
  }
}
