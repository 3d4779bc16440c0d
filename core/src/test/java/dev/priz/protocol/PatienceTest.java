package dev.priz.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.KeepAlive.Verdict;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PatienceTest {
  private static final Timeouts TIMEOUTS =
      Timeouts.DEFAULT
          .keepAlive(Duration.ofSeconds(25), Duration.ofSeconds(20))
          .message(Duration.ofSeconds(10));

  private final Patience patience = new Patience(TIMEOUTS, 0);

  @Test
  void namesTheEarlierOfBothDeadlines() {
    patience.begin(seconds(5));

    assertThat(patience.deadlineNanos(false)).isEqualTo(seconds(25));
    assertThat(patience.deadlineNanos(true)).isEqualTo(seconds(15));

    patience.begin(seconds(20));
    assertThat(patience.deadlineNanos(true)).isEqualTo(seconds(25));
  }

  @Test
  void endsWithAMessageThatTakesTooLong() {
    patience.begin(seconds(5));

    assertThat(patience.timeout(true, seconds(15) - 1)).isEqualTo(Verdict.ALIVE);
    assertThat(patience.timeout(false, seconds(15))).isEqualTo(Verdict.ALIVE);
    assertThat(patience.timeout(true, seconds(15))).isEqualTo(Verdict.TOO_SLOW);
  }

  @Test
  void asksASilentPeerThoughAMessageIsUnderWay() {
    patience.begin(seconds(20));

    assertThat(patience.timeout(true, seconds(25))).isEqualTo(Verdict.SEND_PING);
  }

  @Test
  void standsStillWhileThisEndDoesNotRead() {
    patience.begin(seconds(5));
    patience.pause();

    assertThat(patience.deadlineNanos(true)).isEqualTo(Connection.NO_DEADLINE);
    assertThat(patience.timeout(true, seconds(1_000))).isEqualTo(Verdict.ALIVE);

    patience.resume(seconds(100));
    assertThat(patience.deadlineNanos(true)).isEqualTo(seconds(110));
    assertThat(patience.deadlineNanos(false)).isEqualTo(seconds(125));
  }

  @Test
  void goesOnWhereItHasNotStopped() {
    patience.begin(seconds(5));

    patience.resume(seconds(14));

    assertThat(patience.deadlineNanos(true)).isEqualTo(seconds(15));
  }

  private static long seconds(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }
}
