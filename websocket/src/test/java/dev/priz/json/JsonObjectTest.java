package dev.priz.json;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from an object, and which objects are refused though they are JSON. */
final class JsonObjectTest {
  @Test
  void readsMembersOfEachKind() {
    JsonObject object =
        JsonObject.parse(
            """
             { "type" : "subscribe", "id": 7, "watch": true, "echo":false,
               "since": {"epoch":"e","at":"42-9f3a"}, "data": [1, {"a": null}] }
            """);

    assertThat(object.string("type")).isEqualTo("subscribe");
    assertThat(object.integer("id")).isEqualTo(7);
    assertThat(object.flag("watch")).isTrue();
    assertThat(object.flag("echo")).isFalse();
    assertThat(object.object("since").string("at")).isEqualTo("42-9f3a");
    assertThat(object.raw("since")).isEqualTo("{\"epoch\":\"e\",\"at\":\"42-9f3a\"}");
    assertThat(object.raw("data")).isEqualTo("[1, {\"a\": null}]");
    assertThat(object.has("data")).isTrue();
  }

  @Test
  void hasNothingForAMemberThatIsAbsent() {
    JsonObject object = JsonObject.parse("{}");

    assertThat(object.has("a")).isFalse();
    assertThat(object.string("a")).isNull();
    assertThat(object.integer("a")).isNull();
    assertThat(object.flag("a")).isNull();
    assertThat(object.object("a")).isNull();
    assertThat(object.objects("a")).isEmpty();
    assertThat(object.raw("a")).isNull();
  }

  @Test
  void takesNullForAbsentUnlessTheTextIsAskedFor() {
    JsonObject object = JsonObject.parse("{\"a\": null }");

    assertThat(object.has("a")).isFalse();
    assertThat(object.string("a")).isNull();
    assertThat(object.integer("a")).isNull();
    assertThat(object.flag("a")).isNull();
    assertThat(object.object("a")).isNull();
    assertThat(object.objects("a")).isEmpty();
    assertThat(object.raw("a")).isEqualTo("null");
  }

  @Test
  void decodesStringsAndNames() {
    JsonObject object =
        JsonObject.parse(
            "{\"\\u0061\\n\":\"x\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9y\\ud83d\\ude00\uD83D\uDE00\"}");

    assertThat(object.string("a\n")).isEqualTo("x\"\\/\b\f\n\r\té" + "y\uD83D\uDE00\uD83D\uDE00");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 10, 9_007_199_254_740_991L, -9_007_199_254_740_991L})
  void readsWholeNumbers(long number) {
    assertThat(JsonObject.parse("{\"n\":" + number + "}").integer("n")).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0",
        "1e3",
        "0E0",
        "9007199254740992",
        "-9007199254740992",
        "9999999999999999",
        "99999999999999999",
        "9223372036854775808",
        "18446744073709551617",
        "100000000000000000000000000000000000000000"
      })
  void refusesOtherNumbersAsWholeOnes(String number) {
    JsonObject object = JsonObject.parse("{\"n\":" + number + "}");

    assertThatThrownBy(() -> object.integer("n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\"n\" at index 5 is a number, expected a whole one within 2^53-1 without fraction or"
                + " exponent");
  }

  @Test
  void refusesMembersOfAnotherKind() {
    JsonObject object = JsonObject.parse("{\"a\": [], \"n\": 17}");

    assertThatThrownBy(() -> object.string("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"a\" at index 6 is an array, expected a string");
    assertThatThrownBy(() -> object.integer("a")).hasMessageEndingWith("expected a number");
    assertThatThrownBy(() -> object.flag("a")).hasMessageEndingWith("expected true or false");
    assertThatThrownBy(() -> object.object("a")).hasMessageEndingWith("expected an object");
    assertThatThrownBy(() -> object.objects("n")).hasMessageEndingWith("expected an array");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"17|a number", "true|true or false", "{}|an object", "[]|an array"})
  void saysOfWhichKindAMemberIs(String value, String kind) {
    JsonObject object = JsonObject.parse("{\"m\":" + value + "}");

    assertThatThrownBy(() -> object.string("m"))
        .hasMessage("\"m\" at index 5 is %s, expected a string", kind);
  }

  @Test
  void readsArraysOfObjects() {
    JsonObject object =
        JsonObject.parse("{\"none\":[ ],\"members\":[{\"id\":\"a\"} , {\"id\":\"b\",\"v\":[{}]}]}");

    assertThat(object.objects("none")).isEmpty();
    assertThat(object.objects("members"))
        .extracting(member -> member.string("id"))
        .containsExactly("a", "b");
    assertThat(object.objects("members").get(1).raw("v")).isEqualTo("[{}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "[{},null]", "[[]]", "[{},\"\"]", "{}", "1"})
  void refusesArraysOfAnythingElse(String value) {
    JsonObject object = JsonObject.parse("{\"a\":" + value + "}");

    assertThatThrownBy(() -> object.objects("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at index ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "[]", "1", "\"{}\"", "null", "{}{}", "{},", "{} x", "x{}", "{"})
  void refusesWhatIsNotOneObject(String text) {
    assertThatThrownBy(() -> JsonObject.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at index ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"secret\":1,\"secret\":1}",
        "{\"secret\":1,\"secre\\u0074\":2}",
        "{\"secret\":1,\"b\":{},\"secret\":null}"
      })
  void refusesANameThatIsThereTwiceHoweverItIsWritten(String text) {
    assertThatThrownBy(() -> JsonObject.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a member's name once more at index ")
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesTheSameOfAnObjectWithinOnlyWhenItIsRead() {
    JsonObject object = JsonObject.parse("{\"a\":{\"b\":1,\"b\":2},\"c\":[{\"d\":1,\"d\":2}]}");

    assertThat(object.raw("a")).isEqualTo("{\"b\":1,\"b\":2}");
    assertThatThrownBy(() -> object.object("a"))
        .hasMessage("refused JSON: a member's name once more at index 12");
    assertThatThrownBy(() -> object.objects("c"))
        .hasMessage("refused JSON: a member's name once more at index 31");
  }

  @Test
  void takesSixtyFourMembersAndNotOneMore() {
    assertThatCode(() -> JsonObject.parse(withMembers(64))).doesNotThrowAnyException();
    assertThatThrownBy(() -> JsonObject.parse(withMembers(65)))
        .hasMessageContaining("over 64 members at index ");
    assertThatThrownBy(() -> JsonObject.parse("{\"a\":" + withMembers(65) + "}").object("a"))
        .hasMessageContaining("over 64 members at index ");
  }

  @Test
  void takesSixtyFourLevelsAndNotOneMore() {
    assertThatCode(() -> JsonObject.parse(withLevels(64))).doesNotThrowAnyException();
    assertThatThrownBy(() -> JsonObject.parse(withLevels(65)))
        .hasMessage("refused JSON: over 64 arrays and objects in each other at index 68");
  }

  @Test
  void givesNoTextThatIsTooDeepToBeSentOn() {
    JsonObject good = JsonObject.parse(withLevels(61));
    JsonObject bad = JsonObject.parse(withLevels(62));

    assertThatCode(() -> Json.check(good.raw("a"))).doesNotThrowAnyException();
    assertThatThrownBy(() -> bad.raw("a"))
        .hasMessage("refused JSON: over 60 arrays and objects in each other at index 5");
  }

  @Test
  void readsADeepestValueWithinAListOfMembers() {
    String value = "[".repeat(60) + "]".repeat(60);

    JsonObject message = JsonObject.parse("{\"joined\":[{\"id\":\"a\",\"value\":" + value + "}]}");

    assertThat(message.objects("joined").get(0).raw("value")).isEqualTo(value);
  }

  // The object is the outermost level.
  private static String withLevels(int levels) {
    return "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
  }

  private static String withMembers(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> "\"" + n + "\":0")
        .collect(joining(",", "{", "}"));
  }
}
