package dev.priz.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One value of JSON, by the letter of RFC 8259. */
final class JsonTest {
  // Texts with control characters are no names of tests.
  private static final String BY_NUMBER = "{index}";

  @ParameterizedTest(name = BY_NUMBER)
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-1",
        "10",
        "0.0",
        "1.50",
        "1e1",
        "1E+01",
        "-1.5e-9",
        "123456789012345678901234567890",
        "1e999999999",
        "true",
        "false",
        "null",
        "\"\"",
        "\"a\u007F\u0080\u2028\u2029\uFFFF\uFEFF\"",
        "\"\uD83D\uDE00\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\u0000\\u12aF\\uFFFF\"",
        "\"\\ud83d\\uDE00\"",
        "\"\\uDBFF\\uDFFF\"",
        "[]",
        "[ ]",
        "[1]",
        "[1,\"a\",null,[],{}]",
        "[[[]],[[],[]]]",
        "{}",
        "{ }",
        "{\"\":0}",
        "{\"a\":1,\"b\":{\"c\":[]}}",
        "{\"a\":1,\"a\":2}",
        " \t\r\n1 \t\r\n",
        " [ 1 , 2 ] ",
        " { \"a\" : 1 , \"b\" : 2 } ",
      })
  void takesWhatIsJson(String text) {
    assertThatCode(() -> Json.check(text)).doesNotThrowAnyException();
  }

  @ParameterizedTest(name = BY_NUMBER)
  @ValueSource(
      strings = {
        // No value, or more than one
        "",
        " ",
        "1 2",
        "{}{}",
        "[]]",
        "null,",
        "\uFEFF1",
        "1\u0000",
        // Blanks that are none
        "\f1",
        "\u000B1",
        "\u00A01",
        "\u20281",
        // Comments
        "/**/1",
        "1//",
        "#\n1",
        // Literals
        "nul",
        "nulll",
        "True",
        "tru e",
        "undefined",
        // Numbers
        "-",
        "+1",
        "01",
        "-01",
        "00",
        "1.",
        ".5",
        "-.5",
        "1.e1",
        "1e",
        "1e+",
        "1e1.5",
        "0x1",
        "1_000",
        "--1",
        "1a",
        "NaN",
        "-NaN",
        "Infinity",
        "-Infinity",
        "\uFF11",
        "1\u0661",
        // Strings
        "\"",
        "\"a",
        "'a'",
        "a",
        "\"\\\"",
        "\"\\",
        "\"\\a\"",
        "\"\\x41\"",
        "\"\\'\"",
        "\"\\U0041\"",
        "\"\\0\"",
        "\"\\u\"",
        "\"\\u004\"",
        "\"\\u004",
        "\"\\u004g\"",
        "\"\\u00 1\"",
        "\"\\u+041\"",
        "\"\\u\uFF10041\"",
        "\"\\é\"",
        "\"\n\"",
        "\"\t\"",
        "\"\u0000\"",
        "\"\u001F\"",
        "\"a\"\"b\"",
        // Unpaired surrogates
        "\"\uD800\"",
        "\"\uDC00\"",
        "\"\uD800\uD800\uDC00\"",
        "\"\uDC00\uD800\"",
        "\"\uD800",
        "\"\\ud800\"",
        "\"\\uDFFF\"",
        "\"\\uD800\\u0041\"",
        "\"\\uD800\\n\"",
        "\"\\uD800\\\"",
        "\"\\uD800\\uD800\\uDC00\"",
        "\"\\uD83D\uDE00\"",
        "\"\uD83D" + "\\uDE00\"",
        "{\"\\uD800\":1}",
        // Arrays
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[,]",
        "[1,,2]",
        "[1 2]",
        "[1:2]",
        "[1}",
        "]",
        // Objects
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{,}",
        "{,\"a\":1}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\" 1}",
        "{\"a\"::1}",
        "{\"a\",1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1,,\"b\":2}",
        "{a:1}",
        "{'a':1}",
        "{1:1}",
        "{null:1}",
        "{[]:1}",
        "{\"a\":1]",
        "{\"a\":[1}}",
        "}",
      })
  void refusesWhatIsNotJson(String text) {
    assertThatThrownBy(() -> Json.check(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("JSON: ");
  }

  @ParameterizedTest(name = BY_NUMBER)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|expected a value at index 0, where it ends",
        "[1,]|expected a value at index 3",
        "[1 2]|expected a comma or the end of an array at index 3",
        "{\"secret\" 1}|expected a colon at index 10",
        "{\"a\":1;}|expected a comma or the end of an object at index 6",
        "{secret:1}|expected a member's name at index 1",
        "\"secret|expected a quote at index 7, where it ends",
        "\"\\xsecret\"|expected an escape at index 2",
        "\"\\u00secret\"|expected a hexadecimal digit at index 5",
        "-secret|expected a digit at index 1",
        "1 secret|expected the end at index 2",
        "\"secret\\ud800\"|an unpaired surrogate at index 7",
      })
  void saysWhatIsWrongWhereButNotWhatIsThere(String text, String message) {
    assertThatThrownBy(() -> Json.check(text))
        .hasMessageEndingWith("JSON: " + message)
        .hasMessageNotContaining("secret");
  }

  @Test
  void takesSixtyLevelsAndNotOneMore() {
    String deepest = "[{\"a\":".repeat(30) + "0" + "}]".repeat(30);

    assertThatCode(() -> Json.check(deepest)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Json.check("[" + deepest + "]"))
        .hasMessage("refused JSON: over 60 arrays and objects in each other at index 176");
  }

  @Test
  void countsLevelsNotArrays() {
    String wide = "[" + "[[]],{\"a\":{}},".repeat(1_000) + "[]]";

    assertThatCode(() -> Json.check(wide)).doesNotThrowAnyException();
  }

  @Test
  void quotesWhatMustBeEscaped() {
    var out = new StringBuilder("x");

    Json.quote(out, "a\"\\/\b\f\n\r\t\u0000\u001F\u007F</\u2028\u2029é\uD83D\uDE00");

    assertThat(out)
        .hasToString(
            "x\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007F\\u003c/\\u2028\\u2029é\uD83D\uDE00\"");
  }

  @Test
  void quotesNothing() {
    assertThat(Json.quote(new StringBuilder(), "")).hasToString("\"\"");
  }

  @Test
  void appendsNothingOfATextWithAnUnpairedSurrogate() {
    var out = new StringBuilder("x");

    assertThatThrownBy(() -> Json.quote(out, "secret\uD800"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("text has an unpaired surrogate at index 6");
    assertThat(out).hasToString("x");
  }
}
