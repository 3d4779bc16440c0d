package dev.priz.json;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.priz.fuzz.Allocation;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a hostile text costs: time in proportion to its length, and no memory but for what is kept.
 * Of anything quadratic, a text of these lengths would take hours.
 */
@Timeout(20)
final class JsonCostTest {
  private static final int LENGTH = 4 << 20;

  private static final List<String> GOOD =
      List.of(
          "\"" + "a".repeat(LENGTH) + "\"",
          "\"" + "\\\\".repeat(LENGTH / 2) + "\"",
          "\"" + "\\ud83d\\ude00".repeat(LENGTH / 12) + "\"",
          "\"" + "\uD83D\uDE00".repeat(LENGTH / 2) + "\"",
          "9".repeat(LENGTH),
          "0." + "0".repeat(LENGTH),
          " ".repeat(LENGTH) + "0" + " ".repeat(LENGTH),
          "[" + "[],".repeat(LENGTH / 3) + "0]",
          "[" + "{\"a\":[{}]},".repeat(LENGTH / 11) + "0]",
          "{" + "\"a\":0,".repeat(LENGTH / 6) + "\"a\":0}");
  private static final List<String> BAD =
      List.of(
          "[".repeat(LENGTH),
          "{\"a\":".repeat(LENGTH / 5),
          "]".repeat(LENGTH),
          "\"".repeat(LENGTH),
          "\"" + "a".repeat(LENGTH),
          "\"" + "\\".repeat(LENGTH),
          "[" + "0,".repeat(LENGTH / 2),
          "[" + " ".repeat(LENGTH));

  @Test
  void checksLongTextsInLinearTimeAndWithoutMemory() {
    for (String text : GOOD) {
      assertThat(Allocation.by(() -> Json.check(text), 1_000)).isLessThan(1_000);
    }
  }

  @Test
  void refusesLongTextsInLinearTime() {
    for (String text : BAD) {
      assertThatThrownBy(() -> Json.check(text)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> JsonObject.parse("{\"a\":" + text))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void readsLongMembersInLinearTimeAndKeepsOnlyWhereTheyAre() {
    for (String text : GOOD) {
      String object = "{\"a\":" + text + "}";

      assertThat(Allocation.by(() -> JsonObject.parse(object), 2_000)).isLessThan(2_000);
      assertThat(JsonObject.parse(object).raw("a")).hasSameSizeAs(text.strip());
    }
  }

  @Test
  void comparesLongNamesInLinearTime() {
    String object =
        IntStream.range(0, 64)
            .mapToObj(n -> "\"" + "a".repeat(LENGTH / 64) + (char) ('0' + n / 8) + n % 8 + "\":0")
            .collect(joining(",", "{", "}"));

    assertThat(JsonObject.parse(object).has("a")).isFalse();
  }

  @Test
  void decodesLongStringsInLinearTime() {
    JsonObject object = JsonObject.parse("{\"a\":\"" + "\\n".repeat(LENGTH / 2) + "\"}");

    assertThat(object.string("a")).hasSize(LENGTH / 2);
  }

  @Test
  void readsLongListsInLinearTime() {
    JsonObject object = JsonObject.parse("{\"a\":[" + "{},".repeat(100_000) + "{\"b\":1}]}");

    assertThat(object.objects("a")).hasSize(100_001);
  }
}
