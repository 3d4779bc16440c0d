package dev.priz.protocol.deflate;

import java.util.Arrays;

/**
 * Where the same bytes have stood before: for each hash of four bytes their last places.
 *
 * <p>Places are numbered through all that the table ever sees, modulo 2^16. Nothing is cleared
 * between messages: a place in an earlier one is further away than the message is long. Only after
 * 2^16 bytes could an old place look like a near one. A table that unconnected messages share
 * starts anew before that, as equal messages are to give equal output; in one history a false place
 * does no harm, because the bytes there are compared.
 */
final class MatchTable {
  private static final int PLACES = 1 << 16;
  private static final int GOLDEN_RATIO = 0x9E37_79B1;
  private static final long LONG_GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;
  private static final int MIN_HASH_BITS = 9;

  // In a long message, a match of four bytes is so far away that its literals hardly cost more.
  private static final int LONG_MESSAGE_BYTES = 4096;

  private final char[] places;
  private final int maxHashBits;
  private int hashBits;
  private int keyBytes = Integer.BYTES;
  private int offset;
  private int next = 1;

  /** A table of 2^{@code bits} places. */
  MatchTable(int bits) {
    places = new char[1 << bits];
    maxHashBits = bits;
    hashBits = bits;
    offset = 1;
  }

  /** Lends the places, each modulo 2^16. */
  char[] places() {
    return places;
  }

  /** What to add to the index of a byte for its place. */
  int offset() {
    return offset;
  }

  /** What {@link #hash} is to be called with. */
  int hashShift() {
    return Integer.SIZE - hashBits;
  }

  /** By how many bits eight bytes are to be shifted to the left, so that those to hash remain. */
  int keyShift() {
    return Long.SIZE - Byte.SIZE * keyBytes;
  }

  /** The hash of some bytes, given with zeros below them. */
  static int hash(long key, int shift) {
    return (int) ((key * LONG_GOLDEN_RATIO) >>> (Integer.SIZE + shift));
  }

  /** The hash of four bytes. */
  static int hash(int four, int shift) {
    return (four * GOLDEN_RATIO) >>> shift;
  }

  /**
   * Makes the table ready for a message that has nothing to do with earlier ones. A short one uses
   * only a part of the table, which so stays in the processor's cache.
   *
   * @param from the index of the message's first byte
   */
  void begin(int from, int to) {
    int bytes = to - from;
    if (next + (long) bytes >= PLACES) {
      Arrays.fill(places, '\0');
      next = 1;
    }
    offset = next - from;
    hashBits = Integer.SIZE - Integer.numberOfLeadingZeros(bytes);
    hashBits = Math.min(Math.max(hashBits, MIN_HASH_BITS), maxHashBits);
    keyBytes = bytes < LONG_MESSAGE_BYTES ? Integer.BYTES : Integer.BYTES + 1;
    next = bytes >= PLACES ? PLACES : next + bytes;
  }

  /** Says that all bytes have moved to lower indices. */
  void slide(int bytes) {
    offset += bytes;
  }

  /** Forgets all places. */
  void clear() {
    Arrays.fill(places, '\0');
    offset = 1;
  }

  /** How many bytes the places take. */
  int bytes() {
    return places.length * Character.BYTES;
  }
}
