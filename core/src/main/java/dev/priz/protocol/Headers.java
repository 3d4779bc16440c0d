package dev.priz.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** HTTP header fields in their order, names without regard to case (RFC 9110 §5); immutable. */
public final class Headers {
  /** No fields. */
  public static final Headers EMPTY = new Headers("");

  // Names and values in turn, each with a line break behind it, which none of them can hold: one
  // string, because a connection keeps these for as long as it lives.
  private final String lines;

  private Headers(String lines) {
    this.lines = lines;
  }

  /**
   * Header fields of names and values in turn.
   *
   * @throws IllegalArgumentException if a name is not a token, a value holds a line break, NUL or
   *     another control character, or a value is missing
   */
  public static Headers of(String... namesAndValues) {
    return of(List.of(namesAndValues));
  }

  /**
   * Header fields of names and values in turn.
   *
   * @param namesAndValues copied
   * @throws IllegalArgumentException as {@link #of(String...)}
   */
  public static Headers of(List<String> namesAndValues) {
    String fault = fault(namesAndValues);
    if (fault != null) throw new IllegalArgumentException(fault);
    return joined(namesAndValues);
  }

  /**
   * Header fields as a peer sent them, names and values in turn.
   *
   * @param namesAndValues copied
   * @return null if they are not what {@link #of(String...)} takes
   */
  public static @Nullable Headers received(List<String> namesAndValues) {
    return fault(namesAndValues) == null ? joined(namesAndValues) : null;
  }

  /**
   * These fields and one more at the end.
   *
   * @throws IllegalArgumentException as {@link #of(String...)}
   */
  public Headers with(String name, String value) {
    return with(of(name, value));
  }

  /** These fields and, at the end, others. */
  public Headers with(Headers others) {
    return new Headers(lines + others.lines);
  }

  /** These fields but for those whose names a test accepts; names come to it in lower case. */
  public Headers without(Predicate<? super String> name) {
    List<String> rest = new ArrayList<>();
    forEach((each, value) -> {
      if (name.test(each.toLowerCase(Locale.ROOT))) return;
      rest.add(each);
      rest.add(value);
    });
    return joined(rest);
  }

  /** The value of the first field of this name, or null. */
  public @Nullable String first(String name) {
    int at = find(name, 0);
    return at < 0 ? null : valueAt(at);
  }

  /** The values of all fields of this name, in order. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(1);
    for (int at = find(name, 0); at >= 0; at = find(name, at)) values.add(valueAt(at));
    return values;
  }

  /** Whether there is a field of this name. */
  public boolean has(String name) {
    return find(name, 0) >= 0;
  }

  /**
   * Whether one of the comma-separated values of this field is the given word, without regard to
   * case; the way to read {@code Connection} and {@code Upgrade}.
   */
  public boolean hasToken(String name, String token) {
    for (String value : all(name)) {
      if (value.equalsIgnoreCase(token)) return true;
      for (String element : value.split(",", -1)) {
        if (element.strip().equalsIgnoreCase(token)) return true;
      }
    }
    return false;
  }

  /** Calls an action with the name and the value of each field, in order. */
  public void forEach(BiConsumer<? super String, ? super String> action) {
    for (int at = 0; at < lines.length(); ) {
      int nameEnd = lines.indexOf('\n', at);
      int valueEnd = lines.indexOf('\n', nameEnd + 1);
      action.accept(lines.substring(at, nameEnd), lines.substring(nameEnd + 1, valueEnd));
      at = valueEnd + 1;
    }
  }

  /** The names of the fields; values are left out because they may be secret. */
  @Override
  public String toString() {
    List<String> names = new ArrayList<>();
    forEach((name, value) -> names.add(name.toLowerCase(Locale.ROOT)));
    return names.toString();
  }

  // Where the value of the next field of this name begins, from a place in any line on; -1 for
  // none.
  private int find(String name, int from) {
    int at = from == 0 ? 0 : lines.indexOf('\n', from) + 1;
    while (at < lines.length()) {
      int nameEnd = lines.indexOf('\n', at);
      boolean wanted =
          nameEnd - at == name.length() && lines.regionMatches(true, at, name, 0, name.length());
      if (wanted) return nameEnd + 1;
      at = lines.indexOf('\n', nameEnd + 1) + 1;
    }
    return -1;
  }

  private String valueAt(int from) {
    return lines.substring(from, lines.indexOf('\n', from));
  }

  private static Headers joined(List<String> fields) {
    var lines = new StringBuilder();
    for (String field : fields) lines.append(field).append('\n');
    return new Headers(lines.toString());
  }

  private static @Nullable String fault(List<String> fields) {
    if (fields.size() % 2 != 0) return "a header name without a value";
    for (int i = 0; i < fields.size(); i += 2) {
      String fault = fault(fields.get(i), fields.get(i + 1));
      if (fault != null) return fault;
    }
    return null;
  }

  private static @Nullable String fault(String name, String value) {
    if (!Token.isToken(name)) {
      return "header name is \"" + Token.printable(name) + "\", not a token";
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < 0x20 && c != '\t') || c == 0x7F || c > 0xFF) {
        return String.format(
            Locale.ROOT,
            "value of header %s has the character U+%04X at index %d",
            name,
            (int) c,
            i);
      }
    }
    return null;
  }
}
