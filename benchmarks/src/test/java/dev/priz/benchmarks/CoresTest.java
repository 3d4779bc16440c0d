package dev.priz.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CoresTest {
  @Test
  void readsTheKernelsLists() {
    assertThat(Cores.numbers(" 0,2-4,7\n")).containsExactly(0, 2, 3, 4, 7);
  }
}
