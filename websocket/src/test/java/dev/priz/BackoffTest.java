package dev.priz;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {
  private static final double ALMOST_ONE = Math.nextDown(1.0);

  @ParameterizedTest
  @CsvSource({"0,1", "1,2", "2,4", "3,8", "4,16", "5,30", "6,30", "1000,30", "2147483647,30"})
  void waitsUpToTwiceAsLongAfterEachFailure(int failures, int seconds) {
    assertThat(Backoff.nanos(failures, 0)).isZero();
    assertThat(Backoff.nanos(failures, 0.5)).isEqualTo(seconds * 500_000_000L);
    assertThat(Backoff.nanos(failures, ALMOST_ONE)).isLessThan(seconds * 1_000_000_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "retry-after=7,7",
    "server stops; retry-after=12,12",
    "retry-after=300,300",
    "retry-after=301,300",
    "retry-after=99999999999999999999,300",
    "retry-after=0,0",
    "retry-after=-1,0",
    "retry-after=,0",
    "xretry-after=5,0",
    "later,0",
    "'',0"
  })
  void readsTheAdviceInACloseReason(String reason, int seconds) {
    assertThat(NANOSECONDS.toSeconds(Backoff.adviceNanos(reason))).isEqualTo(seconds);
  }
}
