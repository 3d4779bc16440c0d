package dev.priz.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Jackson makes of a text. It lets unpaired surrogates pass, which are looked for here, and
 * knows no limit of members.
 */
final class ReferenceJson {
  private static final JsonMapper VALUES = mapper(60);
  private static final JsonMapper OBJECTS = mapper(64);

  private ReferenceJson() {}

  /** Holds {@link Json#check} and {@link JsonObject#parse} against Jackson. */
  static void assertSameVerdict(String text) {
    assertThat(isRefused(() -> Json.check(text))).as(text).isEqualTo(!isValue(text));
    assertThat(isRefused(() -> JsonObject.parse(text))).as(text).isEqualTo(!isObject(text));
    if (isObject(text)) assertSameMembers(JsonObject.parse(text), tree(text));
  }

  /** Holds {@link Json#quote} to what Jackson and this package read from it. */
  static void assertQuoted(String text) {
    var out = new StringBuilder("{\"it\":");
    if (isRefused(() -> Json.quote(out, text))) {
      assertThat(isWellFormed(text)).as(text).isFalse();
      assertThat(out).hasToString("{\"it\":");
      return;
    }
    assertThat(isWellFormed(text)).as(text).isTrue();
    String object = out.append('}').toString();
    assertThat(object).doesNotContainPattern("[\\x00-\\x1F<\u2028\u2029]");
    assertThat(JsonObject.parse(object).string("it")).isEqualTo(text);
    assertThat(tree(object).get("it").stringValue()).isEqualTo(text);
  }

  /** Whether a text is one value, 60 levels deep at most. */
  static boolean isValue(String text) {
    return readRoot(VALUES, text).size() == 1;
  }

  /** The value of a text that is known to be one. */
  static JsonNode tree(String text) {
    return OBJECTS.readTree(text);
  }

  // 64 levels deep at most.
  private static boolean isObject(String text) {
    List<JsonToken> root = readRoot(OBJECTS, text);
    if (root.size() != 1 || root.get(0) != JsonToken.END_OBJECT) return false;
    List<String> names = names(text);
    return names.size() <= 64 && new HashSet<>(names).size() == names.size();
  }

  // The last tokens of all values; none if the text is malformed.
  private static List<JsonToken> readRoot(JsonMapper mapper, String text) {
    if (!isWellFormed(text)) return List.of();
    List<JsonToken> root = new ArrayList<>();
    int depth = 0;
    try (JsonParser parser = mapper.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (!isWellFormed(parser.getString())) return List.of();
        if (token.isStructStart()) depth++;
        if (token.isStructEnd()) depth--;
        if (depth == 0) root.add(token);
      }
      return root;
    } catch (JacksonException malformed) {
      return List.of();
    }
  }

  private static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = OBJECTS.createParser(text)) {
      parser.nextToken();
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        names.add(name);
        parser.nextToken();
        parser.skipChildren();
      }
    }
    return names;
  }

  private static void assertSameMembers(JsonObject object, JsonNode tree) {
    for (String name : tree.propertyNames()) {
      JsonNode value = tree.get(name);
      assertThat(object.has(name)).isEqualTo(!value.isNull());
      if (value.isString()) assertThat(object.string(name)).isEqualTo(value.stringValue());
      if (value.isBoolean()) assertThat(object.flag(name)).isEqualTo(value.booleanValue());
      if (value.isNumber()) assertSameNumber(object, name, value);
      if (!isRefused(() -> object.raw(name))) {
        assertThat(tree(object.raw(name))).isEqualTo(value);
        assertThat(isValue(object.raw(name))).isTrue();
      }
    }
  }

  private static void assertSameNumber(JsonObject object, String name, JsonNode value) {
    boolean exact =
        value.isIntegralNumber()
            && value.canConvertToLong()
            && Math.abs((double) value.longValue()) < 0x1p53;
    assertThat(isRefused(() -> object.integer(name))).isEqualTo(!exact);
    if (exact) assertThat(object.integer(name)).isEqualTo(value.longValue());
  }

  private static boolean isRefused(Runnable reading) {
    try {
      reading.run();
      return false;
    } catch (IllegalArgumentException refused) {
      // The limits' own message or the syntax's, always with an index and without a text.
      assertThat(refused.getMessage()).contains("at index ");
      return true;
    }
  }

  private static boolean isWellFormed(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static JsonMapper mapper(int maxLevels) {
    var limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(maxLevels)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .build();
    return new JsonMapper(JsonFactory.builder().streamReadConstraints(limits).build());
  }
}
