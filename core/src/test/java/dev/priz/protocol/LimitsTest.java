package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LimitsTest {
  @Test
  void startsWithWhatSuitsTheOpenInternet() {
    assertThat(Limits.DEFAULT)
        .isEqualTo(
            new Limits(
                1_048_576,
                1_024,
                50,
                100,
                65_536,
                8_192,
                8_192,
                16_384,
                100,
                Limits.ANY_RATIO,
                65_536));
  }

  @Test
  void changesOneKindAtATime() {
    var limits = new Limits(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

    assertThat(limits.maxMessageBytes(90))
        .isEqualTo(new Limits(90, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
    assertThat(limits.maxFragments(90)).isEqualTo(new Limits(1, 90, 3, 4, 5, 6, 7, 8, 9, 10, 11));
    assertThat(limits.controlFrames(90, 91))
        .isEqualTo(new Limits(1, 2, 90, 91, 5, 6, 7, 8, 9, 10, 11));
    assertThat(limits.handshake(90, 91, 92, 93))
        .isEqualTo(new Limits(1, 2, 3, 4, 5, 90, 91, 92, 93, 10, 11));
    assertThat(limits.inflating(90, 91)).isEqualTo(new Limits(1, 2, 3, 4, 5, 6, 7, 8, 9, 90, 91));
  }

  @Test
  void changesInTheExample() {
    assertThat(LimitsExample.limits())
        .isEqualTo(Limits.DEFAULT.maxMessageBytes(65_536).controlFrames(10, 20));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, maxMessageBytes",
    "1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, maxFragments",
    "1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, controlFramesPerSecond",
    "1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, controlFrameBurst",
    "1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, maxDrainBytes",
    "1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, maxRequestLineBytes",
    "1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, maxHeaderLineBytes",
    "1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, maxHeaderBytes",
    "1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, maxHeaders",
    "1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, maxInflateRatio",
    "1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, maxIdleInflateWork"
  })
  void refusesZero(
      int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Limits(a, b, c, d, e, f, g, h, i, j, k))
        .withMessage("%s is 0, the least is 1", name);
  }

  @Test
  void refusesAMessageThatNoArrayHolds() {
    int longest = Integer.MAX_VALUE - 64;

    assertThat(Limits.DEFAULT.maxMessageBytes(longest).maxMessageBytes()).isEqualTo(longest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Limits.DEFAULT.maxMessageBytes(longest + 1))
        .withMessage("maxMessageBytes is 2147483584, a Java array ends at 2147483583");
  }
}
