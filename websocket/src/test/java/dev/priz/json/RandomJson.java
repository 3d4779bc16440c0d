package dev.priz.json;

import java.util.SplittableRandom;

/** Makes texts that are JSON, and texts that nearly are. */
final class RandomJson {
  private static final String[] SCALARS = {
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "17",
    "9007199254740991",
    "-9007199254740992",
    "123456789012345678901234567890",
    "0.5",
    "1e9",
    "-2.25E-3",
    "1E+2",
    "\"\"",
  };
  private static final String[] PIECES = {
    "a",
    "b",
    "Z",
    "é",
    "漢",
    "😀",
    "/",
    "\u2028",
    "\u007F",
    " ",
    "<",
    "\\\"",
    "\\\\",
    "\\/",
    "\\b",
    "\\f",
    "\\n",
    "\\r",
    "\\t",
    "\\u0000",
    "\\u00e9",
    "\\uD83D\\uDE00",
    "\\u0061",
  };
  private static final String[] BLANKS = {"", "", "", "", " ", "\n", "\t", "\r\n  "};
  private static final String EDITS =
      "{}[]:,\"\\/ \n\t\r\f\u0000\u001F\u00A0\uFEFF\uD83D\uDE00'0123456789+-.eEuxabfnrtlsNaNI#";

  private final SplittableRandom random;

  RandomJson(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A value. */
  String value() {
    var out = new StringBuilder();
    blank(out);
    if (random.nextInt(4) == 0) value(out, 4);
    else object(out, 3);
    blank(out);
    return out.toString();
  }

  /** A text with up to three characters taken out, put in, changed or swapped. */
  String mutated(String text) {
    var out = new StringBuilder(text);
    for (int edits = 1 + random.nextInt(3); edits > 0 && !out.isEmpty(); edits--) {
      int at = random.nextInt(out.length());
      char edit = EDITS.charAt(random.nextInt(EDITS.length()));
      switch (random.nextInt(5)) {
        case 0 -> out.deleteCharAt(at);
        case 1 -> out.insert(at, edit);
        case 2 -> out.setCharAt(at, edit);
        case 3 -> out.setLength(at);
        default -> out.insert(at, out.charAt(random.nextInt(out.length())));
      }
    }
    return out.toString();
  }

  /** Any text, with unpaired surrogates now and then. */
  String text() {
    var out = new StringBuilder();
    for (int left = random.nextInt(40); left > 0; left--) {
      switch (random.nextInt(8)) {
        case 0 -> out.append(EDITS.charAt(random.nextInt(EDITS.length())));
        case 1 -> out.append((char) random.nextInt(0x30));
        case 2 -> out.append((char) random.nextInt(0x2020, 0x2030));
        case 3 -> out.appendCodePoint(random.nextInt(0x10000, 0x110000));
        default -> out.append((char) random.nextInt(' ', 0x7F));
      }
    }
    return out.toString();
  }

  private void value(StringBuilder out, int levels) {
    switch (random.nextInt(levels > 0 ? 6 : 4)) {
      case 0, 1 -> out.append(SCALARS[random.nextInt(SCALARS.length)]);
      case 2, 3 -> string(out);
      case 4 -> array(out, levels - 1);
      default -> object(out, levels - 1);
    }
  }

  private void array(StringBuilder out, int levels) {
    out.append('[');
    blank(out);
    for (int left = random.nextInt(4); left > 0; left--) {
      value(out, levels);
      blank(out);
      if (left > 1) out.append(',');
      blank(out);
    }
    out.append(']');
  }

  private void object(StringBuilder out, int levels) {
    out.append('{');
    blank(out);
    for (int left = random.nextInt(5); left > 0; left--) {
      string(out);
      blank(out);
      out.append(':');
      blank(out);
      value(out, levels);
      blank(out);
      if (left > 1) out.append(',');
      blank(out);
    }
    out.append('}');
  }

  private void string(StringBuilder out) {
    out.append('"');
    for (int left = random.nextInt(4); left > 0; left--) {
      out.append(PIECES[random.nextInt(PIECES.length)]);
    }
    out.append('"');
  }

  private void blank(StringBuilder out) {
    out.append(BLANKS[random.nextInt(BLANKS.length)]);
  }
}
