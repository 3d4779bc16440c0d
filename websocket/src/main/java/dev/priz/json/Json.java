package dev.priz.json;

/** JSON texts (RFC 8259): as much of it as the subprotocol of topics needs. */
public final class Json {
  /**
   * How many arrays and objects may be in each other in a value. A value travels in messages that
   * are objects themselves and may put it into a list of members; {@link JsonObject} reads a few
   * levels more, so that no value that was let in makes a message that a receiver refuses.
   */
  static final int MAX_VALUE_LEVELS = JsonScanner.MAX_LEVELS - 4;

  private static final String HEX = "0123456789abcdef";

  private Json() {}

  /**
   * Checks that a text is exactly one value of JSON, in linear time and without memory. What is in
   * the value is its reader's business: an object in it may have a name twice.
   *
   * @throws IllegalArgumentException if it is not, if more than 60 arrays and objects are in each
   *     other, or if it has an unpaired surrogate, be it escaped
   */
  public static void check(String text) {
    var scanner = new JsonScanner(text, 0, MAX_VALUE_LEVELS);
    scanner.skipBlanks();
    scanner.value();
    scanner.end();
  }

  /**
   * Appends a text as a string of JSON, which is safe within a script of an HTML page too.
   *
   * @return {@code out}
   * @throws IllegalArgumentException if the text has an unpaired surrogate; nothing is appended
   */
  public static StringBuilder quote(StringBuilder out, String text) {
    int before = out.length();
    out.append('"');
    int copied = 0;
    for (int at = 0; at < text.length(); at++) {
      char next = text.charAt(at);
      if (Character.isSurrogate(next)) {
        if (!JsonString.isPair(text, at)) {
          out.setLength(before);
          throw new IllegalArgumentException("text has an unpaired surrogate at index " + at);
        }
        at++;
      } else if (isEscaped(next)) {
        escape(out.append(text, copied, at), next);
        copied = at + 1;
      }
    }
    return out.append(text, copied, text.length()).append('"');
  }

  // What ends lines in JavaScript but not in JSON is escaped, and '<', which could end a script.
  private static boolean isEscaped(char next) {
    return next < ' '
        || next == '"'
        || next == '\\'
        || next == '<'
        || next == '\u2028'
        || next == '\u2029';
  }

  private static void escape(StringBuilder out, char next) {
    out.append('\\');
    switch (next) {
      case '"', '\\' -> out.append(next);
      case '\b' -> out.append('b');
      case '\f' -> out.append('f');
      case '\n' -> out.append('n');
      case '\r' -> out.append('r');
      case '\t' -> out.append('t');
      default -> {
        out.append('u');
        for (int shift = 12; shift >= 0; shift -= 4) out.append(HEX.charAt(next >> shift & 0xF));
      }
    }
  }
}
