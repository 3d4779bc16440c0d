package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts data frames together to messages (RFC 6455 §5.4): which frame may follow which, how much
 * there may be, whether text is UTF-8 so far. It holds what has arrived and never more than twice
 * that, whatever length a header declares.
 */
final class MessageAssembler {
  private static final byte[] NOTHING = {};

  private final Limits limits;
  private boolean streamed;
  // Made for the first text that does not come whole.
  private @Nullable Utf8Validator utf8;
  // The kind of the message that is under way, null between messages.
  private @Nullable Opcode opcode;
  private int fragments;
  private byte[] bytes = NOTHING;
  private int size;

  /** An assembler for one connection. */
  MessageAssembler(Limits limits) {
    this.limits = limits;
  }

  /** Lets messages leave in parts, so that neither their size nor their fragments are limited. */
  void streamMessages() {
    streamed = true;
  }

  /**
   * Takes the header of a data frame.
   *
   * @return the broken rule, or null
   */
  @Nullable Violation begin(FrameHeader header) {
    if (header.opcode() == Opcode.CONTINUATION) {
      if (opcode == null) return Violation.UNEXPECTED_CONTINUATION;
    } else {
      if (opcode != null) return Violation.INTERLEAVED_MESSAGE;
      opcode = header.opcode();
      fragments = 0;
    }
    if (streamed) return null;
    if (header.payloadLength() > limits.maxMessageBytes() - size) return Violation.MESSAGE_TOO_BIG;
    if (++fragments > limits.maxFragments()) return Violation.TOO_MANY_FRAGMENTS;
    return null;
  }

  /** Whether a message has begun and not ended. */
  boolean inMessage() {
    return opcode != null;
  }

  /** How many bytes of the message are stored. */
  int size() {
    return size;
  }

  /** Whether the frame that just began is a whole message of which nothing has been stored. */
  boolean isWhole(FrameHeader header) {
    return header.fin() && fragments == 1 && size == 0 && !streamed;
  }

  /**
   * Makes a message of a frame that lies whole in the input, in one pass and without storing it.
   *
   * @return the message, or null if it is text that is not UTF-8
   */
  @Nullable Message receiveWhole(FrameReader frame, ByteBuffer in, Scratch scratch) {
    int length = frame.available(in);
    if (opcode == Opcode.BINARY) {
      byte[] data = new byte[length];
      frame.receivePayload(in, length, data, 0);
      opcode = null;
      return new Binary(data);
    }
    byte[] work = length <= scratch.bytes.length ? scratch.bytes : new byte[length];
    frame.receivePayload(in, length, work, 0);
    boolean ascii = Utf8Validator.isAscii(work, length);
    if (!ascii && !scratch.utf8.isValid(work, length)) return null;
    opcode = null;
    return new Text(new String(work, 0, length, ascii ? ISO_8859_1 : UTF_8));
  }

  /**
   * Stores what the input has of the frame's payload.
   *
   * @return false at the first byte that makes a text invalid
   */
  boolean receive(FrameReader frame, ByteBuffer in) {
    int length = frame.available(in);
    if (length > 0) {
      makeRoom(length, frame);
      frame.receivePayload(in, length, bytes, size);
      size += length;
      if (opcode == Opcode.TEXT && !utf8().accept(bytes, size - length, size)) return false;
    }
    return !endsMessage(frame) || utf8 == null || utf8.isComplete();
  }

  /** Whether the message has all its bytes. */
  boolean endsMessage(FrameReader frame) {
    return frame.remaining() == 0 && frame.fin();
  }

  /** Ends the message and hands it out. */
  Message takeMessage() {
    assert opcode != null : "no message";
    boolean text = opcode == Opcode.TEXT;
    Message message = text ? new Text(new String(bytes, 0, size, UTF_8)) : new Binary(takeBytes());
    bytes = NOTHING;
    size = 0;
    opcode = null;
    return message;
  }

  /** Hands out what has been stored as the next part of a streamed message. */
  Part takePart(boolean last) {
    assert opcode != null : "no message";
    var part = new Part(opcode, takeBytes(), last);
    bytes = NOTHING;
    size = 0;
    if (last) opcode = null;
    return part;
  }

  private Utf8Validator utf8() {
    if (utf8 == null) utf8 = new Utf8Validator();
    return utf8;
  }

  private byte[] takeBytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  private void makeRoom(int length, FrameReader frame) {
    int needed = size + length;
    if (needed <= bytes.length) return;
    // A message in one frame ends at its declared length, so that its last array is just as long as
    // it.
    long end = frame.fin() ? size + frame.remaining() : limits.maxMessageBytes();
    long doubled = Math.min(2L * bytes.length, end);
    bytes = Arrays.copyOf(bytes, streamed ? needed : (int) Math.max(needed, doubled));
  }
}
