package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlFrameRateTest {
  private static final Limits FOUR_A_SECOND = Limits.DEFAULT.controlFrames(4, 3);

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MAX_VALUE - 1_000_000_000L, Long.MIN_VALUE})
  void admitsABurstAndThenTheRate(long startNanos) {
    var clock = new FakeClock(startNanos);
    var rate = new ControlFrameRate(FOUR_A_SECOND, clock.nowNanos());

    assertThat(admitted(rate, clock, 5)).isEqualTo(3);
    clock.advance(Duration.ofMillis(249));
    assertThat(admitted(rate, clock, 1)).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(admitted(rate, clock, 2)).isEqualTo(1);
    clock.advance(Duration.ofMillis(500));
    assertThat(admitted(rate, clock, 3)).isEqualTo(2);
  }

  @Test
  void savesUpNoMoreThanABurst() {
    var clock = new FakeClock();
    var rate = new ControlFrameRate(FOUR_A_SECOND, clock.nowNanos());

    clock.advance(Duration.ofDays(30));

    assertThat(admitted(rate, clock, 9)).isEqualTo(3);
  }

  @Test
  void neverStopsFramesThatKeepToTheRate() {
    var clock = new FakeClock();
    var rate = new ControlFrameRate(FOUR_A_SECOND, clock.nowNanos());

    for (int i = 0; i < 1_000; i++) {
      assertThat(rate.admit(clock.nowNanos())).isTrue();
      clock.advance(Duration.ofMillis(250));
    }
  }

  @Test
  void holdsTheLargestLimits() {
    var clock = new FakeClock();
    Limits slow = Limits.DEFAULT.controlFrames(1, Integer.MAX_VALUE);
    Limits fast = Limits.DEFAULT.controlFrames(Integer.MAX_VALUE, 1);

    assertThat(admitted(new ControlFrameRate(slow, clock.nowNanos()), clock, 500)).isEqualTo(500);
    assertThat(admitted(new ControlFrameRate(fast, clock.nowNanos()), clock, 500)).isEqualTo(500);
  }

  private static int admitted(ControlFrameRate rate, FakeClock clock, int frames) {
    int admitted = 0;
    for (int i = 0; i < frames; i++) {
      if (rate.admit(clock.nowNanos())) admitted++;
    }
    return admitted;
  }
}
