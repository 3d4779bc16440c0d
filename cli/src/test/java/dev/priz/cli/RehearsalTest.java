package dev.priz.cli;

import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;

class RehearsalTest {
  @Test
  void succeeds() {
    assertThatNoException().isThrownBy(Rehearsal::run);
  }
}
