package dev.priz.protocol;

import static dev.priz.protocol.KeepAlive.Verdict.ALIVE;
import static dev.priz.protocol.KeepAlive.Verdict.DEAD;
import static dev.priz.protocol.KeepAlive.Verdict.SEND_PING;
import static dev.priz.protocol.Wire.wire;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeepAliveTest {
  private static final Timeouts TIMEOUTS =
      Timeouts.DEFAULT.keepAlive(Duration.ofSeconds(25), Duration.ofSeconds(20));

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MAX_VALUE - 30_000_000_000L, Long.MIN_VALUE})
  void asksAndThenGivesUp(long startNanos) {
    var clock = new FakeClock(startNanos);
    var keepAlive = new KeepAlive(TIMEOUTS, clock.nowNanos());

    assertThat(keepAlive.timeout(clock.nowNanos())).isEqualTo(ALIVE);
    clock.advance(Duration.ofSeconds(25).minusNanos(1));
    assertThat(keepAlive.timeout(clock.nowNanos())).isEqualTo(ALIVE);
    clock.advance(Duration.ofNanos(1));
    assertThat(keepAlive.timeout(clock.nowNanos())).isEqualTo(SEND_PING);
    clock.advance(Duration.ofSeconds(20).minusNanos(1));
    assertThat(keepAlive.timeout(clock.nowNanos())).isEqualTo(ALIVE);
    clock.advance(Duration.ofNanos(1));
    assertThat(keepAlive.timeout(clock.nowNanos())).isEqualTo(DEAD);
  }

  @Test
  void namesEachDeadline() {
    var keepAlive = new KeepAlive(TIMEOUTS, 0);
    assertThat(keepAlive.deadlineNanos()).isEqualTo(25_000_000_000L);

    keepAlive.received(3);
    assertThat(keepAlive.deadlineNanos()).isEqualTo(25_000_000_003L);

    keepAlive.timeout(25_000_000_003L);
    assertThat(keepAlive.deadlineNanos()).isEqualTo(45_000_000_003L);
  }

  @Test
  void countsFromAPingThatWasSentLate() {
    var keepAlive = new KeepAlive(TIMEOUTS, 0);

    keepAlive.timeout(100_000_000_000L);

    assertThat(keepAlive.deadlineNanos()).isEqualTo(120_000_000_000L);
  }

  @Test
  void takesAnyByteForLife() {
    var keepAlive = new KeepAlive(TIMEOUTS, 0);
    keepAlive.timeout(25_000_000_000L);

    keepAlive.received(44_000_000_000L);

    assertThat(keepAlive.timeout(45_000_000_000L)).isEqualTo(ALIVE);
    assertThat(keepAlive.timeout(69_000_000_000L)).isEqualTo(SEND_PING);
  }

  @Test
  void waitsForNothingIfItIsOff() {
    var keepAlive =
        new KeepAlive(Timeouts.DEFAULT.keepAlive(Duration.ZERO, Duration.ofSeconds(1)), 0);

    assertThat(keepAlive.deadlineNanos()).isEqualTo(Connection.NO_DEADLINE);
    assertThat(keepAlive.timeout(Duration.ofDays(9).toNanos())).isEqualTo(ALIVE);
  }

  @Test
  void asksWithAnotherPayloadEachTime() {
    var keepAlive = new KeepAlive(TIMEOUTS, 0);
    keepAlive.timeout(25_000_000_000L);
    assertThat(keepAlive.pingPayload()).isEqualTo(wire("70 72 69 7a 00 00 00 01"));

    keepAlive.received(25_000_000_000L);
    keepAlive.timeout(50_000_000_000L);

    assertThat(keepAlive.pingPayload()).isEqualTo(wire("70 72 69 7a 00 00 00 02"));
  }

  @Test
  void knowsTheAnswerToItsLatestPing() {
    var keepAlive = new KeepAlive(TIMEOUTS, 0);
    keepAlive.timeout(25_000_000_000L);

    assertThat(keepAlive.isAnsweredBy(wire("70 72 69 7a 00 00 00 01"))).isTrue();
    assertThat(keepAlive.isAnsweredBy(wire("70 72 69 7a 00 00 00 02"))).isFalse();
    assertThat(keepAlive.isAnsweredBy(wire("70 72 69 7a 00 00 00"))).isFalse();
    assertThat(keepAlive.isAnsweredBy(wire(""))).isFalse();
  }

  @Test
  void expectsNoAnswerBeforeItHasAsked() {
    assertThat(new KeepAlive(TIMEOUTS, 0).isAnsweredBy(wire("70 72 69 7a 00 00 00 00"))).isFalse();
  }
}
