package dev.priz.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LogLimitTest {
  private long nanos = Long.MAX_VALUE - 5;
  private final LogLimit limit = new LogLimit(3, () -> nanos);

  @Test
  void letsABurstThroughAndCountsTheRest() {
    for (int i = 0; i < 3; i++) assertThat(limit.ask()).isZero();

    assertThat(limit.ask()).isEqualTo(-1);
    assertThat(limit.ask()).isEqualTo(-1);
    after(1);
    assertThat(limit.ask()).isEqualTo(2);
    assertThat(limit.ask()).isEqualTo(-1);
  }

  @Test
  void earnsABurstAgain() {
    for (int i = 0; i < 3; i++) limit.ask();
    after(60);

    for (int i = 0; i < 3; i++) assertThat(limit.ask()).isZero();
    assertThat(limit.ask()).isEqualTo(-1);
  }

  @Test
  @DisplayName("RS-17 lets one line a second through, of a million")
  void letsOneLineASecondThrough() {
    var single = new LogLimit(1, () -> nanos);
    int lines = 0;
    for (int i = 0; i < 1_000_000; i++) {
      nanos += TimeUnit.MICROSECONDS.toNanos(10);
      if (single.ask() >= 0) lines++;
    }

    assertThat(lines).isEqualTo(10);
  }

  private void after(int seconds) {
    nanos += TimeUnit.SECONDS.toNanos(seconds);
  }
}
