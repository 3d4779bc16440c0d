package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Makes UTF-8 of text, and refuses what UTF-8 cannot carry instead of replacing it. */
final class Utf8Encoder {
  private static final int SHORT_CHARS = 32;
  private static final int PIECE_CHARS = 256;

  private Utf8Encoder() {}

  /**
   * The number of bytes that {@link #encode} writes.
   *
   * @throws IllegalArgumentException if the text has an unpaired surrogate
   */
  static int length(String text) {
    long bytes = isAscii(text) ? text.length() : lengthOfAny(text);
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "text is " + bytes + " bytes, the limit is " + Integer.MAX_VALUE);
    }
    return (int) bytes;
  }

  /**
   * The text's bytes, from the first of an array on.
   *
   * @param textBytes what {@link #length} says, which has also checked the surrogates
   * @return lent, until the scratch is used again
   */
  static byte[] encode(String text, int textBytes, Scratch scratch) {
    if (textBytes != text.length() || textBytes > scratch.bytes.length) return text.getBytes(UTF_8);
    copyAscii(text, scratch.bytes);
    return scratch.bytes;
  }

  // Characters are looked at in an array, where that goes many times as fast, but for short texts.
  private static boolean isAscii(String text) {
    int chars = text.length();
    int all = 0;
    if (chars <= SHORT_CHARS) {
      for (int at = 0; at < chars; at++) all |= text.charAt(at);
      return all < 0x80;
    }
    char[] piece = new char[Math.min(chars, PIECE_CHARS)];
    for (int from = 0; from < chars && all < 0x80; from += PIECE_CHARS) {
      int length = Math.min(PIECE_CHARS, chars - from);
      text.getChars(from, from + length, piece, 0);
      all |= union(piece, length);
    }
    return all < 0x80;
  }

  private static int union(char[] chars, int length) {
    int all = 0;
    int at = 0;
    for (; at <= length - 4; at += 4) {
      all |= chars[at] | chars[at + 1] | chars[at + 2] | chars[at + 3];
    }
    for (; at < length; at++) all |= chars[at];
    return all;
  }

  private static long lengthOfAny(String text) {
    long bytes = 0;
    for (int at = 0; at < text.length(); at++) {
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
    return bytes;
  }

  // Deprecated because it drops the upper bytes of the characters, which are all zero here; there
  // is no other way to copy a string's bytes without an array for them.
  @SuppressWarnings("deprecation")
  private static void copyAscii(String text, byte[] bytes) {
    text.getBytes(0, text.length(), bytes, 0);
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
