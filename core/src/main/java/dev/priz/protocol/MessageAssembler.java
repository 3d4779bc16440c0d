package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.protocol.deflate.InflateDecoder;
import dev.priz.protocol.deflate.InflateFault;
import dev.priz.protocol.deflate.InflateStatus;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts data frames together to messages (RFC 6455 §5.4): which frame may follow which, how much
 * there may be, whether text is UTF-8 so far. It holds what has arrived, decompressed, and never
 * more than twice that, whatever length a header declares.
 */
final class MessageAssembler {
  private static final byte[] NOTHING = {};
  private static final int SLACK_BYTES = 1_024;

  private final Limits limits;
  private boolean streamed;
  // Made for the first text that does not come whole.
  private @Nullable Utf8Validator utf8;
  private @Nullable MessageInflater inflater;
  // The kind of the message that is under way, null between messages.
  private @Nullable Opcode opcode;
  private int fragments;
  private boolean compressed;
  // Of a compressed message: how many bytes its frames have declared, and how decompressing stands.
  private long compressedBytes;
  private InflateStatus inflated = InflateStatus.INPUT_USED;
  private byte[] bytes = NOTHING;
  private int size;

  /** An assembler for one connection. */
  MessageAssembler(Limits limits) {
    this.limits = limits;
  }

  /** Has compressed messages decompressed. */
  void inflate(MessageInflater messageInflater) {
    inflater = messageInflater;
  }

  /** Lets messages leave in parts, so that neither their size nor their fragments are limited. */
  void streamMessages() {
    streamed = true;
    if (inflater != null) inflater.streamMessages();
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
      compressed = header.compressed();
      compressedBytes = 0;
      inflated = InflateStatus.INPUT_USED;
    }
    if (streamed) return null;
    Violation violation = compressed ? checkCompressed(header) : checkSize(header);
    if (violation != null) return violation;
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

  /** How much memory the message takes so far. */
  int retainedBytes() {
    return bytes.length;
  }

  /** How much memory is kept of earlier messages, to which compressed ones may refer. */
  int windowBytes() {
    return inflater == null ? 0 : inflater.windowBytes();
  }

  /** Drops the message so far; none may follow. */
  void drop() {
    bytes = NOTHING;
    size = 0;
  }

  /** Whether the frame that just began is a whole message of which nothing has been stored. */
  boolean isWhole(FrameHeader header) {
    return header.fin() && fragments == 1 && size == 0 && !streamed && !compressed;
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
   * Stores what the input has of the frame's payload, decompressed.
   *
   * @return the broken rule, at the first byte that breaks it, or null
   */
  @Nullable Violation receive(FrameReader frame, ByteBuffer in, Scratch scratch) {
    if (compressed) return receiveCompressed(frame, in, scratch);
    int length = frame.available(in);
    if (length > 0) {
      makeRoom(length, frame);
      frame.receivePayload(in, length, bytes, size);
      size += length;
    }
    return isUtf8(size - length, endsMessage(frame)) ? null : Violation.TEXT_NOT_UTF8;
  }

  /** Whether the message has all its bytes. */
  boolean endsMessage(FrameReader frame) {
    return compressed
        ? inflated == InflateStatus.MESSAGE_ENDED
        : frame.remaining() == 0 && frame.fin();
  }

  /** Whether a part of a streamed message is full, so that {@link #receive} has more to give. */
  boolean hasMore() {
    return compressed && inflated == InflateStatus.OUTPUT_FULL;
  }

  /** What is wrong with a compressed message, or null. */
  @Nullable InflateFault fault() {
    boolean failed = compressed && inflated == InflateStatus.FAILED;
    return failed && inflater != null ? inflater.fault() : null;
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

  private @Nullable Violation receiveCompressed(FrameReader frame, ByteBuffer in, Scratch scratch) {
    // Nothing is begun on a promise.
    if (frame.available(in) == 0 && frame.remaining() > 0 && !hasMore()) return null;
    MessageInflater inflating = inflater;
    assert inflating != null : "not negotiated";
    int before = size;
    // A message that comes whole is made where all connections make theirs.
    ByteBuffer space = before == 0 ? scratch.space() : ByteBuffer.wrap(bytes).position(before);
    inflated = inflating.receive(frame, in, space, scratch);
    bytes = inflating.takeBytes();
    size = inflating.size();
    boolean ends = inflated == InflateStatus.MESSAGE_ENDED;
    boolean whole = ends && before == 0 && !streamed;
    boolean good = whole ? isUtf8(scratch) : isUtf8(before, ends);
    // First, because what follows a bad byte must not matter, however the frame is split.
    if (!good) return Violation.TEXT_NOT_UTF8;
    if (inflated == InflateStatus.FAILED) return Violation.of(inflating.fault());
    boolean kept = inflated == InflateStatus.INPUT_USED && !streamed;
    if (kept && before == 0) bytes = Arrays.copyOf(bytes, size + InflateDecoder.SPARE_BYTES);
    return null;
  }

  private boolean isUtf8(Scratch scratch) {
    return opcode != Opcode.TEXT
        || Utf8Validator.isAscii(bytes, size)
        || scratch.utf8.isValid(bytes, size);
  }

  // Whether the bytes from here on go well with those before, if this is text.
  private boolean isUtf8(int from, boolean ends) {
    if (opcode != Opcode.TEXT) return true;
    if (size > from && !utf8().accept(bytes, from, size)) return false;
    return !ends || utf8 == null || utf8.isComplete();
  }

  private @Nullable Violation checkSize(FrameHeader header) {
    boolean tooBig = header.payloadLength() > limits.maxMessageBytes() - size;
    return tooBig ? Violation.MESSAGE_TOO_BIG : null;
  }

  // What is small enough when it is decompressed can be a little bigger than that before.
  private @Nullable Violation checkCompressed(FrameHeader header) {
    long most = limits.maxMessageBytes() + limits.maxMessageBytes() / 8L + SLACK_BYTES;
    if (header.payloadLength() > most - compressedBytes) return Violation.DEFLATE_TOO_BIG;
    compressedBytes += header.payloadLength();
    return null;
  }

  private Utf8Validator utf8() {
    if (utf8 == null) utf8 = new Utf8Validator();
    return utf8;
  }

  private byte[] takeBytes() {
    // What was decompressed may lie in what all connections share.
    return size == bytes.length && !compressed ? bytes : Arrays.copyOf(bytes, size);
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
