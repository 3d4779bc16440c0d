package dev.priz.json;

import java.util.HexFormat;

/** What strings of JSON stand for (RFC 8259 §7). */
final class JsonString {
  private JsonString() {}

  /**
   * What a string stands for.
   *
   * @param start where it begins with a quote, in a text that is known to be JSON
   * @param end behind its other quote
   */
  static String decode(String text, int start, int end) {
    int from = start + 1;
    int to = end - 1;
    int escape = text.indexOf('\\', from, to);
    if (escape < 0) return text.substring(from, to);
    var decoded = new StringBuilder(to - from);
    while (escape >= 0) {
      decoded.append(text, from, escape);
      char which = text.charAt(escape + 1);
      from = escape + 2;
      if (which == 'u') from += 4;
      decoded.append(which == 'u' ? unit(text, from - 4) : escaped(which));
      escape = text.indexOf('\\', from, to);
    }
    return decoded.append(text, from, to).toString();
  }

  /** Whether a character and the next are one beyond the first 65,536. */
  static boolean isPair(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1));
  }

  /** The character whose four hexadecimal digits begin here. */
  static char unit(String text, int from) {
    return (char) HexFormat.fromHexDigits(text, from, from + 4);
  }

  private static char escaped(char which) {
    return switch (which) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> which;
    };
  }
}
