package dev.priz.protocol;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TimeoutsTest {
  private static final Timeouts TIMEOUTS = timeouts(1, 2, 3, 4, 5, 6);

  @Test
  void startsWithWhatSuitsTheOpenInternet() {
    assertThat(Timeouts.DEFAULT).isEqualTo(timeouts(10, 25, 20, 30, 5, 1));
  }

  @Test
  void changesOneKindAtATime() {
    assertThat(TIMEOUTS.handshake(ofSeconds(9))).isEqualTo(timeouts(9, 2, 3, 4, 5, 6));
    assertThat(TIMEOUTS.keepAlive(ofSeconds(8), ofSeconds(9)))
        .isEqualTo(timeouts(1, 8, 9, 4, 5, 6));
    assertThat(TIMEOUTS.message(ofSeconds(9))).isEqualTo(timeouts(1, 2, 3, 9, 5, 6));
    assertThat(TIMEOUTS.closing(ofSeconds(8), ofSeconds(9))).isEqualTo(timeouts(1, 2, 3, 4, 8, 9));
  }

  @Test
  void mayDoWithoutKeepAlive() {
    assertThat(TIMEOUTS.keepAlive(Duration.ZERO, ofSeconds(1)).pingInterval()).isZero();
  }

  static List<Duration> impossible() {
    return List.of(Duration.ZERO, ofNanos(-1), ofDays(365).plusNanos(1));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void refusesAnImpossibleTime(Duration time) {
    Duration fine = ofSeconds(1);

    assertRefused("handshake", time, () -> TIMEOUTS.handshake(time));
    assertRefused("pongTimeout", time, () -> TIMEOUTS.keepAlive(fine, time));
    assertRefused("message", time, () -> TIMEOUTS.message(time));
    assertRefused("close", time, () -> TIMEOUTS.closing(time, fine));
    assertRefused("linger", time, () -> TIMEOUTS.closing(fine, time));
  }

  @Test
  void refusesAPingIntervalThatIsNegativeOrOverAYear() {
    Duration overAYear = ofDays(366);

    assertRefused("pingInterval", ofNanos(-1), () -> TIMEOUTS.keepAlive(ofNanos(-1), ofDays(1)));
    assertRefused("pingInterval", overAYear, () -> TIMEOUTS.keepAlive(overAYear, ofDays(1)));
  }

  @Test
  void takesAYear() {
    assertThat(TIMEOUTS.message(ofDays(365)).message()).hasDays(365);
  }

  private static void assertRefused(String name, Duration time, Runnable change) {
    assertThatIllegalArgumentException()
        .isThrownBy(change::run)
        .withMessageStartingWith(name + " is " + time);
  }

  private static Timeouts timeouts(
      int handshake, int pingInterval, int pongTimeout, int message, int close, int linger) {
    return new Timeouts(
        ofSeconds(handshake),
        ofSeconds(pingInterval),
        ofSeconds(pongTimeout),
        ofSeconds(message),
        ofSeconds(close),
        ofSeconds(linger));
  }
}
