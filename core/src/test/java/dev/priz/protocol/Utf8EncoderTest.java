package dev.priz.protocol;

import static dev.priz.protocol.Wire.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Utf8EncoderTest {
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "a, 61",
    "\u007f, 7f",
    "\u0080, c2 80",
    "\u07ff, df bf",
    "\u0800, e0 a0 80",
    "\ud7ff, ed 9f bf",
    "\ue000, ee 80 80",
    "\uffff, ef bf bf",
    "\ud800\udc00, f0 90 80 80",
    "\udbff\udfff, f4 8f bf bf",
    "aé€😀z, 61 c3 a9 e2 82 ac f0 9f 98 80 7a"
  })
  void writesUtf8(String text, String hex) {
    assertThat(hex(encode(text))).isEqualTo(hex);
  }

  @Test
  void writesEveryCodePointAsTheJdkDoes() {
    String all =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    assertThat(encode(all)).isEqualTo(all.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 32, 33, 255, 256, 257, 513, 70_000})
  void countsOneWideCharacterWhereverItStands(int length) {
    String ascii = "a".repeat(length);
    assertThat(encode(ascii)).isEqualTo(ascii.getBytes(UTF_8));

    int step = Math.max(1, length / 300);
    for (int at = 0; at < length; at += step) {
      String text = ascii.substring(0, at) + "ş" + ascii.substring(at + 1);

      assertThat(Utf8Encoder.length(text)).as("at %d", at).isEqualTo(length + 1);
      if (length < 600) assertThat(encode(text)).isEqualTo(text.getBytes(UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 40, 255, 256, 600})
  @DisplayName("U-07 refuses half a surrogate pair in a long text")
  void refusesAnUnpairedSurrogateInALongText(int index) {
    String text = "a".repeat(index) + "\ud800" + "a".repeat(700 - index);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Utf8Encoder.length(text))
        .withMessage("text has an unpaired surrogate at index %d", index);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void writesRandomTextAsTheJdkDoes(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      String text = text(random);

      assertThat(encode(text)).as("seed %d, round %d", seed, round).isEqualTo(text.getBytes(UTF_8));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "\ud800, 0",
    "\udc00, 0",
    "ab\ud800, 2",
    "é\ud800a, 1",
    "a\udc00\ud800, 1",
    "\ud800\ud800\udc00, 0",
    "\ud83d\ude00\udc00, 2"
  })
  @DisplayName("U-07 refuses half a surrogate pair")
  void refusesAnUnpairedSurrogate(String text, int index) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Utf8Encoder.length(text))
        .withMessage("text has an unpaired surrogate at index %d", index);
  }

  private static byte[] encode(String text) {
    int length = Utf8Encoder.length(text);
    return Arrays.copyOf(Utf8Encoder.encode(text, length, new Scratch()), length);
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    int length = random.nextInt(30);
    for (int i = 0; i < length; i++) {
      int point = random.nextInt(1 << (1 + random.nextInt(20)));
      text.appendCodePoint(Character.getType(point) == Character.SURROGATE ? 'x' : point);
    }
    return text.toString();
  }
}
