package dev.priz.protocol;

import dev.priz.protocol.deflate.InflateDecoder;
import dev.priz.protocol.deflate.InflateFault;
import dev.priz.protocol.deflate.InflateLimits;
import dev.priz.protocol.deflate.InflateStatus;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses the messages of one connection while their frames come in (RFC 7692 §6.2), so that
 * nothing is ever held compressed.
 */
// All buffers for output are of whole arrays.
@SuppressWarnings("ByteBufferBackingArray")
final class MessageInflater {
  private static final byte[] NOTHING = {};
  private static final int MAX_ARRAY_BYTES = Integer.MAX_VALUE - 64;

  private final boolean takeover;
  private final int windowBits;
  private final Limits limits;
  // Made for the first compressed message.
  private @Nullable InflateDecoder decoder;
  private boolean streamed;
  private byte[] bytes = NOTHING;
  private int size;

  /** An inflater for what this side's peer sends. */
  MessageInflater(Side side, DeflateAgreement agreement, Limits limits) {
    takeover = agreement.takeover(side.other());
    windowBits = agreement.windowBits(side.other());
    this.limits = limits;
  }

  /** How much memory it keeps of what was decompressed. */
  int windowBytes() {
    return decoder == null ? 0 : decoder.windowBytes();
  }

  /** Lets messages leave in parts, so that their size is not limited. */
  void streamMessages() {
    streamed = true;
    if (decoder != null) decoder.streamMessages(inflateLimits());
  }

  /** Hands out the message so far: the space that {@link #receive} was given, or a larger one. */
  byte[] takeBytes() {
    byte[] taken = bytes;
    bytes = NOTHING;
    return taken;
  }

  /** How many bytes it has. */
  int size() {
    return size;
  }

  /** What was wrong, once {@link #receive} has failed. */
  InflateFault fault() {
    InflateFault fault = decoder == null ? null : decoder.fault();
    assert fault != null : "not failed";
    return fault;
  }

  /**
   * Decompresses what the input has of the frame's payload, or as much of a streamed message as
   * there is room for.
   *
   * @param space taken, on the heap, with the message so far in front of its position
   * @return {@link InflateStatus#OUTPUT_FULL} for streamed messages only
   */
  InflateStatus receive(FrameReader frame, ByteBuffer in, ByteBuffer space, Scratch scratch) {
    InflateDecoder inflating = decoder(scratch);
    ByteBuffer out = space;
    InflateStatus status;
    boolean goesOn;
    do {
      int length = Math.min(frame.available(in), scratch.bytes.length);
      boolean last = frame.fin() && length == frame.remaining();
      frame.peekPayload(in, length, scratch.bytes);
      ByteBuffer piece = scratch.piece(length);
      status = inflating.inflate(piece, last, out);
      frame.skipPayload(in, piece.position());
      boolean full = status == InflateStatus.OUTPUT_FULL && !streamed;
      if (full) out = grown(out);
      goesOn = full || (status == InflateStatus.INPUT_USED && frame.available(in) > 0);
    } while (goesOn);
    bytes = out.array();
    size = out.position();
    return status;
  }

  private ByteBuffer grown(ByteBuffer out) {
    long most =
        Math.min(limits.maxMessageBytes() + (long) InflateDecoder.SPARE_BYTES, MAX_ARRAY_BYTES);
    long doubled = Math.max(2L * out.capacity(), out.position() + InflateDecoder.SPARE_BYTES);
    byte[] copy = Arrays.copyOf(out.array(), (int) Math.min(doubled, most));
    return ByteBuffer.wrap(copy).position(out.position());
  }

  private InflateDecoder decoder(Scratch scratch) {
    if (decoder == null) {
      decoder = new InflateDecoder(windowBits, takeover, inflateLimits(), scratch.workspaces);
      if (streamed) decoder.streamMessages(inflateLimits());
    }
    return decoder;
  }

  private InflateLimits inflateLimits() {
    return new InflateLimits(
        streamed ? Long.MAX_VALUE : limits.maxMessageBytes(),
        limits.maxInflateRatio(),
        limits.maxIdleInflateWork());
  }
}
