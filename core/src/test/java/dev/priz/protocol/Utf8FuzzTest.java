package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.priz.fuzz.Cuts;
import dev.priz.fuzz.FuzzInput;
import java.util.Arrays;

/** Holds {@link Utf8Validator} against the decoder of the JDK on any bytes in any pieces. */
final class Utf8FuzzTest {
  private final ReferenceUtf8 reference = new ReferenceUtf8();

  @FuzzTest
  void agreesWithTheJdk(byte[] bytes) {
    var input = new FuzzInput(bytes);
    Cuts cuts = input.cuts();
    byte[] text = input.rest();

    boolean valid = reference.isValid(text);

    assertThat(new Utf8Validator().isValid(text, text.length)).isEqualTo(valid);
    assertThat(acceptsInPieces(text, cuts)).as("%s", cuts).isEqualTo(valid);
    assertThat(acceptsInPieces(text, Cuts.EVERYWHERE)).isEqualTo(valid);
    assertThat(Utf8Validator.isAscii(text, text.length)).isEqualTo(isAscii(text));
  }

  // Also holds it to its promise to refuse the first byte that nothing can make good.
  private boolean acceptsInPieces(byte[] text, Cuts cuts) {
    var utf8 = new Utf8Validator();
    int to = 0;
    for (byte[] piece : cuts.cut(text)) {
      int from = to;
      to += piece.length;
      if (!utf8.accept(text, from, to)) {
        assertThat(reference.canBecomeValid(Arrays.copyOf(text, from))).isTrue();
        assertThat(reference.canBecomeValid(Arrays.copyOf(text, to))).isFalse();
        return false;
      }
    }
    assertThat(reference.canBecomeValid(text)).isTrue();
    return utf8.isComplete();
  }

  private static boolean isAscii(byte[] text) {
    for (byte next : text) {
      if (next < 0) return false;
    }
    return true;
  }
}
