package dev.priz.protocol;

import static dev.priz.protocol.Wire.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds {@link Utf8Validator} against the decoder of the JDK. */
final class Utf8ValidatorReferenceTest {
  private static final int[] EDGES = {
    0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xF4, 0xFF
  };

  private final ReferenceUtf8 reference = new ReferenceUtf8();

  @Test
  @DisplayName("U-08 agrees on all inputs of one and two bytes")
  void agreesOnAllInputsOfOneAndTwoBytes() {
    for (int i = 0; i < 0x100; i++) assertAgree((byte) i);
    for (int i = 0; i < 0x1_0000; i++) assertAgree((byte) (i >> 8), (byte) i);
  }

  @Test
  @DisplayName("U-08 agrees on all inputs of three bytes")
  void agreesOnAllInputsOfThreeBytes() {
    // An ASCII first byte would only repeat the inputs of two bytes.
    for (int i = 0x80_0000; i < 0x100_0000; i++) {
      assertAgree((byte) (i >> 16), (byte) (i >> 8), (byte) i);
    }
  }

  @Test
  @DisplayName("U-08 agrees on inputs of four bytes at the edges of each range")
  void agreesOnTheEdgesOfFourBytes() {
    for (int first = 0; first < 0x100; first++) {
      for (int second : EDGES) {
        for (int third : EDGES) {
          for (int fourth : EDGES) {
            assertAgree((byte) first, (byte) second, (byte) third, (byte) fourth);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  @DisplayName("U-08 agrees on random inputs of four bytes")
  void agreesOnRandomInputsOfFourBytes(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 1_000_000; round++) {
      int point = random.nextInt();
      assertAgree(
          (byte) (point >> 24 | 0xF0), (byte) (point >> 16), (byte) (point >> 8), (byte) point);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4, 5})
  void agreesOnMutatedTextInRandomPieces(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 100_000; round++) {
      byte[] bytes = mutatedText(random);

      boolean valid = acceptInPieces(bytes, random);

      if (valid != reference.isValid(bytes)) {
        throw new AssertionError("seed " + seed + ", round " + round + ": " + hex(bytes));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7})
  @DisplayName("U-05 refuses a byte as soon as nothing can make the text valid")
  void refusesWhatNoContinuationCanMakeValid(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = mutatedText(random);

      boolean accepted = new Utf8Validator().accept(bytes, 0, bytes.length);

      assertThat(accepted)
          .as("seed %d, round %d: %s", seed, round, hex(bytes))
          .isEqualTo(reference.canBecomeValid(bytes));
    }
  }

  // Not by assertThat, which is too slow for so many.
  private void assertAgree(byte... bytes) {
    var utf8 = new Utf8Validator();
    boolean valid = utf8.accept(bytes, 0, bytes.length) && utf8.isComplete();
    if (valid != reference.isValid(bytes))
      throw new AssertionError(hex(bytes) + " valid: " + valid);
  }

  private static boolean acceptInPieces(byte[] bytes, Random random) {
    var utf8 = new Utf8Validator();
    for (int at = 0; at < bytes.length; ) {
      int to = at + random.nextInt(bytes.length - at + 1);
      if (!utf8.accept(bytes, at, to)) return false;
      at = to;
    }
    return utf8.isComplete();
  }

  private static byte[] mutatedText(Random random) {
    var text = new StringBuilder();
    int length = 1 + random.nextInt(24);
    while (text.length() < length) {
      int point = random.nextInt(1 << (1 + random.nextInt(20)));
      text.appendCodePoint(Character.getType(point) == Character.SURROGATE ? 'x' : point);
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    if (random.nextBoolean()) bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    return Arrays.copyOf(
        bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length);
  }
}
