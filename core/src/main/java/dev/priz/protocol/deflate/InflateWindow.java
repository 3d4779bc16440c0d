package dev.priz.protocol.deflate;

import java.util.Arrays;

/**
 * The last bytes that were decompressed, for distances that reach back before the output at hand. A
 * ring that grows up to the window's size as bytes come.
 */
final class InflateWindow {
  private static final byte[] NOTHING = {};
  private static final int LEAST_BYTES = 256;

  private final int maxBytes;
  private byte[] ring = NOTHING;
  private int size;
  // Where the next byte goes; equal to the size as long as the ring has not grown to the full.
  private int next;

  /**
   * An empty window.
   *
   * @param bits the base-2 logarithm of its size in bytes, 8 to 15
   */
  InflateWindow(int bits) {
    maxBytes = 1 << bits;
  }

  /** How far a distance may reach. */
  int maxBytes() {
    return maxBytes;
  }

  /** How much memory it takes. */
  int memoryBytes() {
    return ring.length;
  }

  /** How many bytes it holds. */
  int size() {
    return size;
  }

  /** Forgets all bytes, and the memory for them. */
  void clear() {
    ring = NOTHING;
    size = 0;
    next = 0;
  }

  /** Adds bytes, of which only the last may fit. */
  void append(byte[] bytes, int from, int to) {
    int first = Math.max(from, to - maxBytes);
    int length = to - first;
    makeRoom(Math.min(maxBytes, size + length));
    int straight = Math.min(length, ring.length - next);
    System.arraycopy(bytes, first, ring, next, straight);
    System.arraycopy(bytes, first + straight, ring, 0, length - straight);
    // Ring sizes are powers of two.
    next = (next + length) & (maxBytes - 1);
    size = Math.min(maxBytes, size + length);
  }

  /**
   * Copies bytes out.
   *
   * @param back where they begin, counted from the window's end; at most its size
   * @param length at most {@code back}
   */
  void copy(int back, byte[] out, int to, int length) {
    int from = (next - back) & (maxBytes - 1);
    int straight = Math.min(length, ring.length - from);
    System.arraycopy(ring, from, out, to, straight);
    if (straight < length) System.arraycopy(ring, 0, out, to + straight, length - straight);
  }

  private void makeRoom(int needed) {
    if (needed <= ring.length) return;
    int doubled = Math.max(LEAST_BYTES, Integer.highestOneBit(2 * needed - 1));
    ring = Arrays.copyOf(ring, doubled);
    // Not yet wrapped, because a ring below the full size never is.
    next = size;
  }
}
