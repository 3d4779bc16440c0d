package dev.priz.protocol;

import static dev.priz.protocol.Wire.join;
import static dev.priz.protocol.Wire.letters;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Utf8ValidatorTest {
  private final Utf8Validator utf8 = new Utf8Validator();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "7f",
        "c2 80",
        "df bf",
        "e0 a0 80",
        "ed 9f bf",
        "ee 80 80",
        "ef bf bf",
        "f0 90 80 80",
        "f4 8f bf bf",
        "ce ba e1 bd b9 cf 83 ce bc ce b5",
        "61 62 63 64 65 66 67 68 69 c3 a9 61 62 63 64 65 66 67 68"
      })
  void acceptsUtf8(String hex) {
    byte[] bytes = wire(hex);

    assertThat(utf8.accept(bytes, 0, bytes.length)).isTrue();
    assertThat(utf8.isComplete()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "80, 0",
    "bf, 0",
    "c0 af, 0",
    "c1 bf, 0",
    "c3 28, 1",
    "c3 c3, 1",
    "e0 80 af, 1",
    "e0 9f bf, 1",
    "e2 28 a1, 1",
    "e2 82 28, 2",
    "ed a0 80, 1",
    "ed bf bf, 1",
    "f0 80 80 af, 1",
    "f0 8f bf bf, 1",
    "f0 9f 28 80, 2",
    "f0 9f 98 28, 3",
    "f4 90 80 80, 1",
    "f5 80 80 80, 0",
    "ff, 0",
    "61 61 61 61 61 61 61 61 61 ff, 9",
    "61 61 61 80 61 61 61 61, 3"
  })
  @DisplayName("U-02, U-03 refuses overlong forms, surrogates and what is beyond Unicode")
  void refusesAtTheFirstBadByte(String hex, int bad) {
    byte[] bytes = wire(hex);

    assertThat(utf8.accept(bytes, 0, bad)).isTrue();
    assertThat(utf8.accept(bytes, bad, bad + 1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"c2", "e2", "e2 82", "f0", "f0 9f", "f0 9f 98", "61 f4 8f bf"})
  void isIncompleteInsideACharacter(String hex) {
    byte[] bytes = wire(hex);

    assertThat(utf8.accept(bytes, 0, bytes.length)).isTrue();
    assertThat(utf8.isComplete()).isFalse();
  }

  @Test
  void looksOnlyAtTheBytesThatItWasGiven() {
    byte[] bytes = join(wire("ff"), letters(20), wire("ff"));

    assertThat(utf8.accept(bytes, 1, 21)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 7, 8, 9, 15, 16, 17, 24})
  void seesABadByteAfterAnyNumberOfLetters(int letters) {
    byte[] bytes = join(wire("61"), letters(letters), wire("ff"), letters(9));

    assertThat(utf8.accept(bytes, 1, bytes.length)).isFalse();
  }

  @Test
  void findsTheOneByteThatIsNotAscii() {
    for (int length = 0; length <= 40; length++) {
      byte[] bytes = new byte[64];
      bytes[length] = (byte) 0x80;
      assertThat(Utf8Validator.isAscii(bytes, length)).as("none of %d", length).isTrue();
      bytes[length] = 0;
      for (int at = 0; at < length; at++) {
        bytes[at] = (byte) 0xFF;
        assertThat(Utf8Validator.isAscii(bytes, length)).as("%d of %d", at, length).isFalse();
        bytes[at] = 0;
      }
    }
  }
}
