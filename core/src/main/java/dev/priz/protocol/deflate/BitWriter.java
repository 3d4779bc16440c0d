package dev.priz.protocol.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes bits into bytes, the first bit lowest (RFC 1951 §3.1.1). Up to seven bits wait for the
 * rest of their byte.
 */
final class BitWriter {
  /** Writes eight bytes at once, the lowest first. */
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The most bytes in a stored block: its length has 16 bits. */
  static final int MAX_STORED_BYTES = 0xFFFF;

  /** What a stored block takes beside its bytes, with up to 7 bits of padding. */
  static final int STORED_HEADER_BYTES = 5;

  /** How far beyond the last byte a write may reach. */
  static final int SLACK_BYTES = 8;

  /** How many bits are waiting, below 8. */
  int waitingCount;

  /** The bits that wait. */
  long waiting;

  /** Goes on behind bits that were waiting earlier. */
  void continueFrom(long bits, int count) {
    waiting = bits;
    waitingCount = count;
  }

  /** Adds up to 48 bits, for which there is room. */
  void add(DeflateOutput output, long bits, int count) {
    waiting |= bits << waitingCount;
    waitingCount += count;
    int at = output.length();
    LONGS.set(output.bytes(), at, waiting);
    output.moveTo(at + (waitingCount >>> 3));
    waiting >>>= waitingCount & ~7;
    waitingCount &= 7;
  }

  /** Adds bytes as stored blocks (RFC 1951 §3.2.4). */
  void addStored(DeflateOutput output, byte[] raw, int from, int to) {
    int at = from;
    while (at < to) {
      int length = Math.min(to - at, MAX_STORED_BYTES);
      output.reserve(length + STORED_HEADER_BYTES + SLACK_BYTES);
      addStoredHeader(output);
      add(output, length | (long) (~length & 0xFFFF) << 16, 32);
      System.arraycopy(raw, at, output.bytes(), output.length(), length);
      output.moveTo(output.length() + length);
      at += length;
    }
  }

  /** Adds the three bits of a stored block and fills up the byte. */
  void addStoredHeader(DeflateOutput output) {
    output.reserve(SLACK_BYTES);
    add(output, 0, 3);
    add(output, 0, -waitingCount & 7);
  }
}
