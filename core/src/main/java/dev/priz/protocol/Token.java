package dev.priz.protocol;

/** The words that HTTP headers are made of (RFC 9110 §5.6.2). */
final class Token {
  private static final boolean[] CHARS = new boolean[128];

  static {
    for (char c = '0'; c <= '9'; c++) CHARS[c] = true;
    for (char c = 'A'; c <= 'Z'; c++) CHARS[c] = true;
    for (char c = 'a'; c <= 'z'; c++) CHARS[c] = true;
    for (char c : "!#$%&'*+-.^_`|~".toCharArray()) CHARS[c] = true;
  }

  private Token() {}

  static boolean isToken(String text) {
    if (text.isEmpty()) return false;
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenChar(text.charAt(i))) return false;
    }
    return true;
  }

  static boolean isTokenChar(char c) {
    return c < CHARS.length && CHARS[c];
  }

  /** Text from outside made fit for a message or a log: short, on one line, nothing invisible. */
  static String printable(String text) {
    String start = text.length() > 60 ? text.substring(0, 60) + "..." : text;
    return start.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
  }
}
