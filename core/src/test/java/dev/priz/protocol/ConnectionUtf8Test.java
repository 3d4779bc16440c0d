package dev.priz.protocol;

import static dev.priz.protocol.Splits.assertFailsWhenSplit;
import static dev.priz.protocol.Splits.assertSameWhenSplit;
import static dev.priz.protocol.Wire.frameTo;
import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.repeat;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How {@link Connection} checks text (RFC 6455 §8.1). */
final class ConnectionUtf8Test {
  private static final Violation NOT_UTF8 = Violation.TEXT_NOT_UTF8;

  @ParameterizedTest
  @CsvSource({
    "81 02, c0 af",
    "81 03, e0 80 af",
    "81 04, f0 80 80 af",
    "81 03, ed a0 80",
    "81 03, ed bf bf",
    "81 04, f4 90 80 80",
    "81 01, f5",
    "81 01, ff",
    "81 01, 80",
    "81 02, c3 28",
    "81 0a, 61 62 63 64 65 66 67 68 ff 69"
  })
  @DisplayName("U-02, U-03 refuses text that is not UTF-8")
  void refusesTextThatIsNotUtf8(String head, String payload) {
    for (Side side : Side.values()) {
      assertFailsWhenSplit(side, NOT_UTF8, frameTo(side, head, payload));
    }
  }

  @ParameterizedTest
  @CsvSource({"81 01, c3", "81 03, 61 e2 82", "81 03, f0 9f 98"})
  @DisplayName("U-04 refuses text that ends inside a character")
  void refusesTextThatEndsInsideACharacter(String head, String payload) {
    for (Side side : Side.values()) {
      assertFailsWhenSplit(side, NOT_UTF8, frameTo(side, head, payload));
    }
  }

  @ParameterizedTest
  @CsvSource({"80 00, ''", "80 01, 98", "80 02, 98 61"})
  @DisplayName("U-04 refuses a character that the last fragment does not end")
  void refusesACharacterThatTheLastFragmentDoesNotEnd(String head, String payload) {
    for (Side side : Side.values()) {
      byte[] input = join(frameTo(side, "01 02", "f0 9f"), frameTo(side, head, payload));

      assertFailsWhenSplit(side, NOT_UTF8, input);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("U-05 refuses a bad byte without waiting for the rest of the message")
  void refusesABadByteInAFragmentAtOnce(Side side) {
    assertFailsWhenSplit(side, NOT_UTF8, frameTo(side, "01 03", "61 f4 90"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("U-05 refuses a bad byte without waiting for the rest of the frame")
  void refusesABadByteInAFrameAtOnce(Side side) {
    assertFailsWhenSplit(side, NOT_UTF8, frameTo(side, "81 7e 01 00", "61 62 c3 28"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("U-06 counts a text in bytes, not in characters")
  void countsATextInBytes(Side side) {
    Limits limits = Limits.DEFAULT.maxMessageBytes(12).maxFragments(20);
    byte[] first = frameTo(side, "01 01", "e2");
    byte[] second = frameTo(side, "00 01", "82");
    byte[] third = frameTo(side, "00 01", "ac");
    byte[] euro = join(frameTo(side, "00 01", "e2"), second, third);
    byte[] fourEuros = join(first, second, third, euro, euro, euro);

    assertThat(
            assertSameWhenSplit(
                    () -> Endpoint.open(side, limits), join(fourEuros, frameTo(side, "80 00", "")))
                .events())
        .containsExactly(new Text("€€€€"));
    assertFailsWhenSplit(
        () -> Endpoint.open(side, limits),
        side,
        Violation.MESSAGE_TOO_BIG,
        join(fourEuros, frameTo(side, "80 01", "61")));
  }

  @ParameterizedTest
  @EnumSource
  void takesAnyBytesInABinaryMessage(Side side) {
    byte[] input = frameTo(side, "82 04", "ff c0 af 80");

    assertThat(assertSameWhenSplit(side, input).events())
        .containsExactly(new Binary(wire("ff c0 af 80")));
  }

  @ParameterizedTest
  @EnumSource
  void startsEachTextAnew(Side side) {
    byte[] input =
        join(
            frameTo(side, "01 01", "c3"),
            frameTo(side, "80 01", "a9"),
            frameTo(side, "81 02", "c3 a9"));

    assertThat(assertSameWhenSplit(side, input).events())
        .containsExactly(new Text("é"), new Text("é"));
  }

  @ParameterizedTest
  @EnumSource
  void receivesALongTextOfWideCharacters(Side side) {
    byte[] input = frameTo(side, "81 7f 00 00 00 00 00 01 38 80", repeat(20_000, wire("f09f9880")));

    assertThat(assertSameWhenSplit(side, input).events())
        .containsExactly(new Text("😀".repeat(20_000)));
  }
}
