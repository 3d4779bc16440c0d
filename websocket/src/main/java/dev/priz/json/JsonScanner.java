package dev.priz.json;

import java.util.HexFormat;

/**
 * Moves through a text of JSON (RFC 8259) and refuses what is none, in linear time. It keeps
 * nothing but where it is: which arrays and objects it is in are the bits of one number, so that
 * depth costs neither stack nor memory.
 */
final class JsonScanner {
  /** How many arrays and objects may be in each other: as many as a long has bits. */
  static final int MAX_LEVELS = Long.SIZE;

  private static final int NOTHING = -1;

  private final String text;
  private final int maxLevels;
  private int at;
  private int depth;
  private int deepest;
  // A bit for each array (0) or object (1) that is open, the innermost the lowest.
  private long objects;
  // Whether the innermost array or object has just been opened.
  private boolean fresh;
  private int nameStart;
  private int nameEnd;

  JsonScanner(String text, int at, int maxLevels) {
    this.text = text;
    this.at = at;
    this.maxLevels = maxLevels;
  }

  /** Where it is in the text. */
  int at() {
    return at;
  }

  /** Whether an object begins here. */
  boolean atObject() {
    return peek() == '{';
  }

  void skipBlanks() {
    while (at < text.length()) {
      char next = text.charAt(at);
      if (next != ' ' && next != '\n' && next != '\r' && next != '\t') return;
      at++;
    }
  }

  /** Demands that nothing follows but blanks. */
  void end() {
    skipBlanks();
    if (at < text.length()) throw expected("the end");
  }

  /** Moves past a value and all that is in it. */
  Kind value() {
    int outer = depth;
    deepest = depth;
    Kind kind = begin();
    while (depth > outer) {
      if (next()) begin();
    }
    deepest -= outer;
    return kind;
  }

  /** How many arrays and objects were in each other in the {@link #value} that was last. */
  int levels() {
    return deepest;
  }

  /** Moves past a value, but of an array or object only past where it begins. */
  Kind begin() {
    return switch (peek()) {
      case '{' -> open(Kind.OBJECT);
      case '[' -> open(Kind.ARRAY);
      case '"' -> {
        string();
        yield Kind.STRING;
      }
      case 't' -> literal("true", Kind.BOOLEAN);
      case 'f' -> literal("false", Kind.BOOLEAN);
      case 'n' -> literal("null", Kind.NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw expected("a value");
    };
  }

  /** Moves to the next value in the innermost array or object; if there is none, out of it. */
  boolean next() {
    boolean first = fresh;
    fresh = false;
    boolean inObject = (objects & 1) != 0;
    skipBlanks();
    if (peek() == (inObject ? '}' : ']')) {
      at++;
      depth--;
      objects >>>= 1;
      return false;
    }
    if (!first) {
      skip(',', inObject ? "a comma or the end of an object" : "a comma or the end of an array");
      skipBlanks();
    }
    if (inObject) name();
    return true;
  }

  /** Where the name of the member that is next begins. */
  int nameStart() {
    return nameStart;
  }

  /** The name of the member that is next. */
  String decodedName() {
    return JsonString.decode(text, nameStart, nameEnd);
  }

  /** A refusal that says what should be here, but not what is: it may be in confidence. */
  IllegalArgumentException expected(String what) {
    String end = at == text.length() ? ", where it ends" : "";
    return new IllegalArgumentException("not JSON: expected " + what + " at index " + at + end);
  }

  static IllegalArgumentException refused(String what, int index) {
    return new IllegalArgumentException("refused JSON: " + what + " at index " + index);
  }

  static IllegalArgumentException tooDeep(int maxLevels, int index) {
    return refused("over " + maxLevels + " arrays and objects in each other", index);
  }

  private int peek() {
    return at < text.length() ? text.charAt(at) : NOTHING;
  }

  private void skip(char wanted, String what) {
    if (peek() != wanted) throw expected(what);
    at++;
  }

  private Kind open(Kind kind) {
    if (depth == maxLevels) throw tooDeep(maxLevels, at);
    at++;
    depth++;
    deepest = Math.max(deepest, depth);
    objects = objects << 1 | (kind == Kind.OBJECT ? 1 : 0);
    fresh = true;
    return kind;
  }

  private void name() {
    if (peek() != '"') throw expected("a member's name");
    nameStart = at;
    string();
    nameEnd = at;
    skipBlanks();
    skip(':', "a colon");
    skipBlanks();
  }

  private Kind literal(String word, Kind kind) {
    if (!text.startsWith(word, at)) throw expected("a value");
    at += word.length();
    return kind;
  }

  private Kind number() {
    if (peek() == '-') at++;
    // RFC 8259 §6: "Leading zeros are not allowed"
    if (peek() == '0') at++;
    else digits();
    if (peek() == '.') {
      at++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') at++;
      digits();
    }
    return Kind.NUMBER;
  }

  private void digits() {
    int from = at;
    while (peek() >= '0' && peek() <= '9') at++;
    if (at == from) throw expected("a digit");
  }

  private void string() {
    at++;
    while (at < text.length()) {
      char next = text.charAt(at);
      if (next == '"') {
        at++;
        return;
      }
      if (next < ' ') throw refused("a control character in a string", at);
      if (next == '\\') escape();
      else if (Character.isSurrogate(next)) pair();
      else at++;
    }
    throw expected("a quote");
  }

  private void pair() {
    if (!JsonString.isPair(text, at)) throw refused("an unpaired surrogate", at);
    at += 2;
  }

  private void escape() {
    at++;
    switch (peek()) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at++;
      case 'u' -> escapedUnits();
      default -> throw expected("an escape");
    }
  }

  // RFC 8259 §8.2 leaves open what becomes of an unpaired surrogate that is escaped. It cannot be
  // decoded to what UTF-8 can carry, and receivers differ in what they make of it: it is refused.
  private void escapedUnits() {
    int from = at - 1;
    char unit = escapedUnit();
    if (!Character.isSurrogate(unit)) return;
    if (Character.isHighSurrogate(unit) && text.startsWith("\\u", at)) {
      at++;
      if (Character.isLowSurrogate(escapedUnit())) return;
    }
    throw refused("an unpaired surrogate", from);
  }

  private char escapedUnit() {
    at++;
    int from = at;
    while (at < from + 4) {
      // Of ASCII only, unlike those of Character.
      if (!HexFormat.isHexDigit(peek())) throw expected("a hexadecimal digit");
      at++;
    }
    return JsonString.unit(text, from);
  }

  /** What a value is. */
  enum Kind {
    OBJECT("an object"),
    ARRAY("an array"),
    STRING("a string"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    NULL("null");

    final String shown;

    Kind(String shown) {
      this.shown = shown;
    }
  }
}
