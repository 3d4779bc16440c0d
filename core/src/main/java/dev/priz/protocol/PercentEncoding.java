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
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  // RFC 3986 §3.3: "pchar = unreserved / pct-encoded / sub-delims / ":" / "@"", and the slashes
  // between.
  private static final String PLAIN_IN_PATHS = "-._~!$&'()*+,;=:@/";

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

  /**
   * A path with escapes for what needs one, in one spelling, and for nothing else; malformed
   * escapes stay. An escaped slash stays escaped: it is no separator.
   */
  static String normalize(String path) {
    int at = 0;
    while (at < path.length() && isPlain(path.charAt(at))) at++;
    if (at == path.length()) return path;
    var normal = new StringBuilder(path.length() + 8).append(path, 0, at);
    while (at < path.length()) {
      char c = path.charAt(at);
      boolean escaped = isEscape(path, at);
      int meant = escaped ? HexFormat.fromHexDigits(path, at + 1, at + 3) : c;
      if (escaped ? isPlain((char) meant) && meant != '/' : isPlain(c) || c == '%' || c > 0x7F) {
        normal.append((char) meant);
      } else {
        normal.append('%').append(HEX.toHexDigits((byte) meant));
      }
      at += escaped ? 3 : 1;
    }
    return normal.toString();
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || PLAIN_IN_PATHS.indexOf(c) >= 0;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7F) return false;
    }
    return true;
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && text.charAt(at) == '%'
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }
}
