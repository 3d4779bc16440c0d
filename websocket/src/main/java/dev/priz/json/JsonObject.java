package dev.priz.json;

import dev.priz.json.JsonScanner.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object of JSON (RFC 8259): where its members are in its text. Their values are read when they
 * are asked for. Immutable.
 */
public final class JsonObject {
  // A member is looked for among all of them, so they have to be few.
  private static final int MAX_MEMBERS = 64;
  // RFC 8259 §6: what "implementations will agree exactly" on
  private static final long MAX_INTEGER = (1L << 53) - 1;
  private static final int MAX_INTEGER_CHARS = "-9007199254740991".length();

  private final String text;
  private final List<Member> members;

  private JsonObject(String text, List<Member> members) {
    this.text = text;
    this.members = members;
  }

  /**
   * Reads a text that is one object. An object within it has to be JSON too, but is held to a limit
   * of members and to different names only when it is read itself.
   *
   * @throws IllegalArgumentException if it is not one object, has over 64 members or two with the
   *     same name, which readers differ in, if more than 64 arrays and objects are in each other,
   *     or if it has an unpaired surrogate, be it escaped
   */
  public static JsonObject parse(String text) {
    var scanner = new JsonScanner(text, 0, JsonScanner.MAX_LEVELS);
    scanner.skipBlanks();
    JsonObject object = read(text, scanner);
    scanner.end();
    return object;
  }

  /** Whether it has a member of this name that is not null. */
  public boolean has(String name) {
    return present(name) != null;
  }

  /**
   * A member that is a string.
   *
   * @return what it stands for; null if there is no such member or it is null
   * @throws IllegalArgumentException if it is of another kind
   */
  public @Nullable String string(String name) {
    Member member = member(name, Kind.STRING);
    return member == null ? null : JsonString.decode(text, member.start, member.end);
  }

  /**
   * A member that is a whole number from -(2<sup>53</sup>-1) to 2<sup>53</sup>-1, which all
   * implementations agree on.
   *
   * @return null if there is no such member or it is null
   * @throws IllegalArgumentException if it is of another kind, is beyond, or has a fraction or an
   *     exponent, even one that changes nothing
   */
  public @Nullable Long integer(String name) {
    Member member = member(name, Kind.NUMBER);
    if (member == null) return null;
    if (member.end - member.start <= MAX_INTEGER_CHARS && isWhole(member)) {
      long number = Long.parseLong(text, member.start, member.end, 10);
      if (Math.abs(number) <= MAX_INTEGER) return number;
    }
    throw unfit(member, "a number", "a whole one within 2^53-1 without fraction or exponent");
  }

  /**
   * A member that is true or false.
   *
   * @return null if there is no such member or it is null
   * @throws IllegalArgumentException if it is of another kind
   */
  public @Nullable Boolean flag(String name) {
    Member member = member(name, Kind.BOOLEAN);
    return member == null ? null : text.charAt(member.start) == 't';
  }

  /**
   * A member that is an object.
   *
   * @return null if there is no such member or it is null
   * @throws IllegalArgumentException if it is of another kind, has over 64 members, or two with the
   *     same name
   */
  public @Nullable JsonObject object(String name) {
    Member member = member(name, Kind.OBJECT);
    return member == null ? null : read(text, at(member));
  }

  /**
   * A member that is an array of objects.
   *
   * @return none if there is no such member or it is null
   * @throws IllegalArgumentException if it is of another kind, or something in it is no object, has
   *     over 64 members, or two with the same name
   */
  public List<JsonObject> objects(String name) {
    Member member = member(name, Kind.ARRAY);
    if (member == null) return List.of();
    var scanner = at(member);
    List<JsonObject> objects = new ArrayList<>();
    scanner.begin();
    while (scanner.next()) objects.add(read(text, scanner));
    return List.copyOf(objects);
  }

  /**
   * The text of a member of any kind, null too, as it stands: a value that {@link Json#check} lets
   * pass.
   *
   * @return null if there is no such member
   * @throws IllegalArgumentException if more than 60 arrays and objects are in each other in it
   */
  public @Nullable String raw(String name) {
    Member member = find(name);
    if (member == null) return null;
    if (member.levels > Json.MAX_VALUE_LEVELS) {
      throw JsonScanner.tooDeep(Json.MAX_VALUE_LEVELS, member.start);
    }
    return text.substring(member.start, member.end);
  }

  // Moves past the object.
  private static JsonObject read(String text, JsonScanner scanner) {
    if (!scanner.atObject()) throw scanner.expected("an object");
    List<Member> members = new ArrayList<>();
    scanner.begin();
    while (scanner.next()) {
      int nameStart = scanner.nameStart();
      if (members.size() == MAX_MEMBERS) {
        throw JsonScanner.refused("over " + MAX_MEMBERS + " members", nameStart);
      }
      String name = scanner.decodedName();
      if (find(members, name) != null) {
        throw JsonScanner.refused("a member's name once more", nameStart);
      }
      int start = scanner.at();
      Kind kind = scanner.value();
      members.add(new Member(name, kind, start, scanner.at(), scanner.levels()));
    }
    return new JsonObject(text, members);
  }

  private JsonScanner at(Member member) {
    return new JsonScanner(text, member.start, JsonScanner.MAX_LEVELS);
  }

  private @Nullable Member find(String name) {
    return find(members, name);
  }

  private static @Nullable Member find(List<Member> members, String name) {
    for (Member member : members) {
      if (member.name.equals(name)) return member;
    }
    return null;
  }

  private @Nullable Member present(String name) {
    Member member = find(name);
    return member == null || member.kind == Kind.NULL ? null : member;
  }

  private @Nullable Member member(String name, Kind wanted) {
    Member member = present(name);
    if (member == null || member.kind == wanted) return member;
    throw unfit(member, member.kind.shown, wanted.shown);
  }

  private boolean isWhole(Member number) {
    for (int at = number.start; at < number.end; at++) {
      char next = text.charAt(at);
      if (next == '.' || next == 'e' || next == 'E') return false;
    }
    return true;
  }

  // The name is one that the caller asked for, so that it tells nothing of the text.
  private static IllegalArgumentException unfit(Member member, String actual, String expected) {
    return new IllegalArgumentException(
        "\"%s\" at index %d is %s, expected %s"
            .formatted(member.name, member.start, actual, expected));
  }

  /**
   * Where a member is.
   *
   * @param start where its value begins
   * @param end behind its value
   * @param levels how many arrays and objects are in each other in its value
   */
  private record Member(String name, Kind kind, int start, int end, int levels) {}
}
