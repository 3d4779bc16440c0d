package dev.priz.protocol;

import java.nio.ByteBuffer;

/**
 * Writes text as UTF-8 straight into a buffer, and refuses what UTF-8 cannot carry instead of
 * replacing it.
 */
final class Utf8Encoder {
  private Utf8Encoder() {}

  /**
   * The number of bytes that {@link #encode} writes.
   *
   * @throws IllegalArgumentException if the text has an unpaired surrogate
   */
  static int length(String text) {
    int chars = text.length();
    int at = 0;
    while (at < chars && text.charAt(at) < 0x80) at++;
    long bytes = at;
    for (; at < chars; at++) {
      char c = text.charAt(at);
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else {
        checkPair(text, at++);
        bytes += 4;
      }
    }
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "text is " + bytes + " bytes, the limit is " + Integer.MAX_VALUE);
    }
    return (int) bytes;
  }

  /**
   * Writes the text.
   *
   * @param out borrowed; needs room for {@link #length} bytes, which has also checked the
   *     surrogates
   */
  static void encode(String text, ByteBuffer out) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c < 0x80) {
        out.put((byte) c);
      } else if (c < 0x800) {
        out.put((byte) (0xC0 | c >> 6)).put((byte) (0x80 | (c & 0x3F)));
      } else if (!Character.isSurrogate(c)) {
        out.put((byte) (0xE0 | c >> 12));
        out.put((byte) (0x80 | (c >> 6 & 0x3F))).put((byte) (0x80 | (c & 0x3F)));
      } else {
        int point = Character.toCodePoint(c, text.charAt(++at));
        out.put((byte) (0xF0 | point >> 18)).put((byte) (0x80 | (point >> 12 & 0x3F)));
        out.put((byte) (0x80 | (point >> 6 & 0x3F))).put((byte) (0x80 | (point & 0x3F)));
      }
    }
  }

  private static void checkPair(String text, int at) {
    boolean paired =
        Character.isHighSurrogate(text.charAt(at))
            && at + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(at + 1));
    if (!paired) {
      throw new IllegalArgumentException("text has an unpaired surrogate at index " + at);
    }
  }
}
