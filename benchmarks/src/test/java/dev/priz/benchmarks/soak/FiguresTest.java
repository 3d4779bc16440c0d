package dev.priz.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class FiguresTest {
  private static final String WORDS = "HEAP=1.5 THREADS=30.0";

  @Test
  void goFromOneProcessToTheOther() {
    assertThat(Figures.of(WORDS).words()).isEqualTo(WORDS);
  }

  @Test
  void areZeroUnlessSampled() {
    assertThat(Figures.of(WORDS).value(Figure.HEAP)).isEqualTo(1.5);
    assertThat(Figures.of(WORDS).value(Figure.RESIDENT)).isZero();
  }

  @Test
  void joinThoseOfBothProcesses() {
    Figures both = Figures.of(WORDS).and(Figures.of("JOINS=7.0"));

    assertThat(both.words()).isEqualTo("HEAP=1.5 JOINS=7.0 THREADS=30.0");
  }

  @Test
  void areNothingElse() {
    assertThatThrownBy(() -> Figures.of("Exception in thread"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
