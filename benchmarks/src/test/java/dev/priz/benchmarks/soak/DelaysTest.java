package dev.priz.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.priz.benchmarks.soak.Delays.Delay;
import org.junit.jupiter.api.Test;

final class DelaysTest {
  private static final long SECOND = 1_000_000_000;
  private static final long MILLI = 1_000_000;

  private final long start = System.nanoTime() + SECOND;
  private final Delays delays = new Delays();

  @Test
  void leavesOutTheWorstHundredth() {
    for (int i = 1; i <= 200; i++) delays.add(new Delay(start, start + i * MILLI, 0));

    assertThat(delays.p99(start)).isCloseTo(198, within(0.001));
  }

  @Test
  void tellsWaitsForAProcessorApart() {
    delays.add(new Delay(start, start + 70 * MILLI, 60 * MILLI));

    assertThat(delays.p99(start)).isCloseTo(70, within(0.001));
    assertThat(delays.ownP99(start)).isCloseTo(10, within(0.001));
  }

  @Test
  void forgetsAfterTenSeconds() {
    delays.add(new Delay(start, start + 70 * MILLI, 0));
    delays.add(new Delay(start + 11 * SECOND, start + 11 * SECOND + 2 * MILLI, 0));

    assertThat(delays.p99(start + 11 * SECOND)).isCloseTo(2, within(0.001));
  }

  @Test
  void knowsNothingOfTheTimeBeforeItsBeginning() {
    delays.add(new Delay(start, start + 70 * MILLI, 0));
    delays.beginAt(start + SECOND);
    delays.add(new Delay(start + SECOND - 1, start + SECOND + 70 * MILLI, 0));

    assertThat(delays.p99(start + SECOND)).isZero();
  }

  @Test
  void findsThoseOfASecond() {
    delays.add(new Delay(start, start + MILLI, 0));
    delays.add(new Delay(start, start + SECOND, 0));

    assertThat(delays.between(start, start + SECOND))
        .containsExactly(new Delay(start, start + MILLI, 0));
  }
}
