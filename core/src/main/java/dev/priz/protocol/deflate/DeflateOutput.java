package dev.priz.protocol.deflate;

import java.util.Arrays;

/**
 * Where compressed bytes go: an array that grows to what the longest message needed and is used
 * again for the next. Not thread-safe.
 */
public final class DeflateOutput {
  private static final int FIRST_BYTES = 1024;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;

  /** An empty output. */
  public DeflateOutput() {}

  /** Lends the array; it is another one after more has been written. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes of the array are written. */
  public int length() {
    return length;
  }

  /** A copy of what is written. */
  public byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  /**
   * Forgets what is written, down to a length.
   *
   * @param newLength 0, or more to keep a beginning such as a frame header
   */
  public void truncate(int newLength) {
    if (newLength < 0 || newLength > length) {
      throw new IllegalArgumentException("length is %d, not 0 to %d".formatted(newLength, length));
    }
    length = newLength;
  }

  /** Gives back what only a message of unusual length needed. */
  public void trim(int maxKeptBytes) {
    if (bytes.length > Math.max(maxKeptBytes, length)) {
      bytes = Arrays.copyOf(bytes, Math.max(maxKeptBytes, length));
    }
  }

  /** Makes room for so many more bytes. */
  byte[] reserve(int count) {
    long needed = (long) length + count;
    if (needed > Integer.MAX_VALUE - 8)
      throw new OutOfMemoryError("output of " + needed + " bytes");
    if (needed > bytes.length) {
      long grown = Math.max(needed, Math.min(2L * bytes.length, Integer.MAX_VALUE - 8));
      bytes = Arrays.copyOf(bytes, (int) grown);
    }
    return bytes;
  }

  /** Says up to where the array is now written. */
  void moveTo(int newLength) {
    length = newLength;
  }
}
