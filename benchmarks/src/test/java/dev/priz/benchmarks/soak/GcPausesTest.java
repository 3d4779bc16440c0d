package dev.priz.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GcPausesTest {
  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final long SECOND = 1_000_000_000;

  private final GcPauses pauses = new GcPauses();

  @Test
  void knowsWhenAPauseWas() {
    pauses.listen();
    long beforeNanos = System.nanoTime();

    System.gc();

    long afterNanos = System.nanoTime();
    while (!pauses.wasOneIn(beforeNanos, afterNanos)) {
      assertThat(System.nanoTime() - afterNanos).isLessThan(PATIENCE_NANOS);
      Thread.onSpinWait();
    }
    assertThat(pauses.wasOneIn(afterNanos + SECOND, afterNanos + 2 * SECOND)).isFalse();
    assertThat(pauses.heapAfterMib()).isPositive();
  }
}
