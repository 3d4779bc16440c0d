package dev.priz.protocol.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A way to give a decoder its input and its space.
 *
 * @param firstBytes in the first piece of a message
 * @param pieceBytes in each other piece
 * @param spaceBytes how much space there is at first, and at least more of it each time
 * @param direct whether the input lies outside the heap
 * @param streamed whether the output is handed on in parts
 */
record InflateWay(
    int firstBytes, int pieceBytes, int spaceBytes, boolean direct, boolean streamed) {
  private static final int AMPLE_BYTES = 1 << 16;

  /** At one go. */
  static final InflateWay WHOLE =
      new InflateWay(Integer.MAX_VALUE, Integer.MAX_VALUE, AMPLE_BYTES, false, false);

  /** Each byte alone. */
  static final InflateWay BYTE_BY_BYTE = new InflateWay(1, 1, AMPLE_BYTES, false, false);

  /** Two pieces. */
  static InflateWay splitAt(int at) {
    return new InflateWay(at, Integer.MAX_VALUE, AMPLE_BYTES, false, false);
  }

  /** Any. */
  static InflateWay random(Random random) {
    int piece = 1 + random.nextInt(1 << random.nextInt(12));
    int space = 1 + random.nextInt(1 << random.nextInt(14));
    return new InflateWay(
        1 + random.nextInt(20), piece, space, random.nextBoolean(), random.nextBoolean());
  }

  /** Those that differ in kind. */
  static List<InflateWay> all() {
    var ways = new ArrayList<InflateWay>();
    for (boolean direct : new boolean[] {false, true}) {
      for (boolean streamed : new boolean[] {false, true}) {
        ways.add(
            new InflateWay(Integer.MAX_VALUE, Integer.MAX_VALUE, AMPLE_BYTES, direct, streamed));
        ways.add(new InflateWay(1, 1, AMPLE_BYTES, direct, streamed));
        ways.add(new InflateWay(Integer.MAX_VALUE, Integer.MAX_VALUE, 1, direct, streamed));
        ways.add(new InflateWay(1, 1, 1, direct, streamed));
        ways.add(new InflateWay(3, 17, 7, direct, streamed));
        ways.add(new InflateWay(100, 1000, 300, direct, streamed));
      }
    }
    return ways;
  }

  /** What a message comes to in a new decoder, in every way and with a split at every byte. */
  static InflateOutcome assertSameInEveryWay(byte[] message) {
    return assertSameInEveryWay(15, true, InflateLimits.DEFAULT, List.of(message)).getFirst();
  }

  /** What messages come to, up to the first with a fault. */
  static List<InflateOutcome> assertSameInEveryWay(
      int windowBits, boolean takeover, InflateLimits limits, List<byte[]> messages) {
    List<InflateOutcome> whole = WHOLE.inflate(windowBits, takeover, limits, messages);
    for (InflateWay way : all()) {
      assertThat(way.inflate(windowBits, takeover, limits, messages))
          .as("%s", way)
          .isEqualTo(whole);
    }
    int longest = messages.stream().mapToInt(message -> message.length).max().orElse(0);
    for (int at = 0; at <= Math.min(longest, 300); at++) {
      List<InflateOutcome> split = splitAt(at).inflate(windowBits, takeover, limits, messages);
      assertThat(split).as("split at %d", at).isEqualTo(whole);
    }
    return whole;
  }

  /** Decompresses messages of one connection, up to the first with a fault. */
  List<InflateOutcome> inflate(
      int windowBits, boolean takeover, InflateLimits limits, List<byte[]> messages) {
    var decoder = new InflateDecoder(windowBits, takeover, limits, new InflateWorkspaces());
    if (streamed) decoder.streamMessages(limits);
    var outcomes = new ArrayList<InflateOutcome>();
    for (byte[] message : messages) {
      if (decoder.fault() == null) outcomes.add(inflate(decoder, message));
    }
    return outcomes;
  }

  /** Decompresses a message. */
  InflateOutcome inflate(InflateDecoder decoder, byte[] message) {
    var parts = new ByteArrayOutputStream();
    ByteBuffer out = space(0);
    int to = Math.min(firstBytes, message.length);
    ByteBuffer in = piece(message, 0, to);
    while (true) {
      switch (decoder.inflate(in, to == message.length, out)) {
        case INPUT_USED -> {
          assertThat(in.hasRemaining()).isFalse();
          int from = to;
          to = (int) Math.min((long) from + pieceBytes, message.length);
          in = piece(message, from, to);
        }
        case OUTPUT_FULL -> {
          assertThat(out.hasRemaining()).isFalse();
          out = moreSpace(out, parts);
        }
        case MESSAGE_ENDED -> {
          assertThat(decoder.inMessage()).isFalse();
          parts.writeBytes(written(out));
          return InflateOutcome.of(parts.toByteArray());
        }
        case FAILED -> {
          assertThat(decoder.inMessage()).isFalse();
          return new InflateOutcome(ByteBuffer.allocate(0), decoder.fault());
        }
      }
    }
  }

  private ByteBuffer moreSpace(ByteBuffer full, ByteArrayOutputStream parts) {
    if (streamed) {
      parts.writeBytes(written(full));
      return space(0);
    }
    ByteBuffer more = space(full.position());
    more.put(written(full));
    // What nobody may look at any more.
    int from = full.arrayOffset();
    Arrays.fill(full.array(), from, from + full.limit(), (byte) 0xEE);
    return more;
  }

  private static byte[] written(ByteBuffer out) {
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }

  // A part of a larger array.
  private ByteBuffer space(int used) {
    int before = 5;
    // Not by the same amount each time, which would take long for large messages.
    int size = used + spaceBytes + used / 4;
    return ByteBuffer.allocate(before + size + 3).slice(before, size);
  }

  private ByteBuffer piece(byte[] message, int from, int to) {
    int length = to - from;
    int before = 3;
    int all = before + length + 20;
    ByteBuffer larger = direct ? ByteBuffer.allocateDirect(all) : ByteBuffer.allocate(all);
    // What does not belong to the message.
    for (int i = 0; i < all; i++) larger.put(i, (byte) 0xFF);
    larger.put(before, message, from, length);
    return larger.position(before).limit(before + length);
  }
}
