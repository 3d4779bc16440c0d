package dev.priz.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Text in paths and queries (RFC 3986 §2.1). Stricter than {@code URLDecoder}, which guesses at
 * what is malformed.
 */
final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * The text that is meant, or null if an escape is malformed, its bytes are not UTF-8, or the
   * encoded text is not ASCII.
   */
  static @Nullable String decode(String encoded) {
    if (encoded.indexOf('%') < 0) return isAscii(encoded) ? encoded : null;
    ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
    for (int at = 0; at < encoded.length(); at++) {
      char c = encoded.charAt(at);
      if (c > 0x7F) return null;
      if (c == '%') {
        if (!isEscape(encoded, at)) return null;
        bytes.put((byte) HexFormat.fromHexDigits(encoded, at + 1, at + 3));
        at += 2;
      } else {
        bytes.put((byte) c);
      }
    }
    try {
      return UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException notUtf8) {
      return null;
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7F) return false;
    }
    return true;
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }
}
