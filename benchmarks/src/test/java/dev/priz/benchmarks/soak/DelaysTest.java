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
    for (int i = 1; i <= 200; i++) delays.add(start, start + i * MILLI);

    assertThat(delays.p99(start)).isCloseTo(198, within(0.001));
  }

  @Test
  void forgetsAfterTenSeconds() {
    delays.add(start, start + 70 * MILLI);
    delays.add(start + 11 * SECOND, start + 11 * SECOND + 2 * MILLI);

    assertThat(delays.p99(start + 11 * SECOND)).isCloseTo(2, within(0.001));
  }

  @Test
  void knowsNothingOfTheTimeBeforeItsBeginning() {
    delays.add(start, start + 70 * MILLI);
    delays.beginAt(start + SECOND);
    delays.add(start + SECOND - 1, start + SECOND + 70 * MILLI);

    assertThat(delays.p99(start + SECOND)).isZero();
  }

  @Test
  void findsThoseOfASecond() {
    delays.add(start, start + MILLI);
    delays.add(start, start + SECOND);

    assertThat(delays.between(start, start + SECOND))
        .containsExactly(new Delay(start, start + MILLI));
  }
}
