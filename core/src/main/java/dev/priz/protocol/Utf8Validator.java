package dev.priz.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks UTF-8 (RFC 3629) in pieces of any size and stops at the first byte that cannot belong to
 * it.
 */
final class Utf8Validator {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;

  // Inside a character: how many bytes it still needs, and the range of the next one. The range is
  // narrower than 80..BF only
  // for the second byte after E0, ED, F0 and F4, which shuts out overlong forms, surrogates and all
  // above U+10FFFF.
  private int missing;
  private int low;
  private int high;

  /**
   * Takes the next bytes.
   *
   * @param bytes borrowed
   * @return false at the first bad byte, after which the validator is of no more use
   */
  boolean accept(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (missing == 0) {
        at = skipAscii(bytes, at, to);
        if (at == to) return true;
        if (!begin(bytes[at++] & 0xFF)) return false;
      } else {
        int next = bytes[at++] & 0xFF;
        if (next < low || next > high) return false;
        missing--;
        low = 0x80;
        high = 0xBF;
      }
    }
    return true;
  }

  /** Whether bytes are UTF-8 by themselves, whatever came before. */
  boolean isValid(byte[] bytes, int length) {
    missing = 0;
    return accept(bytes, 0, length) && isComplete();
  }

  /** Whether bytes are ASCII, and so UTF-8 by themselves. */
  static boolean isAscii(byte[] bytes, int length) {
    if (length < Long.BYTES) return skipAscii(bytes, 0, length) == length;
    int last = length - Long.BYTES;
    long all = (long) LONGS.get(bytes, last);
    for (int at = 0; at < last; at += Long.BYTES) all |= (long) LONGS.get(bytes, at);
    return (all & HIGH_BITS) == 0;
  }

  /** Whether the text may end here: no character is half received. */
  boolean isComplete() {
    return missing == 0;
  }

  private static int skipAscii(byte[] bytes, int from, int to) {
    int at = from;
    while (at <= to - Long.BYTES && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
      at += Long.BYTES;
    }
    while (at < to && bytes[at] >= 0) at++;
    return at;
  }

  private boolean begin(int lead) {
    if (lead < 0xC2 || lead > 0xF4) return false;
    missing = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return true;
  }
}
