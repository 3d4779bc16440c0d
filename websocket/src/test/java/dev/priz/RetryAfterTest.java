package dev.priz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.Headers;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a server wants to be asked again, in all the ways to say it. */
final class RetryAfterTest {
  private static final Instant NOW = Instant.parse("1994-11-06T08:49:37Z");

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "3,3",
    "003,3",
    "299,299",
    "300,300",
    "301,300",
    "99999999,300",
    "99999999999999999999,300"
  })
  @DisplayName("HC-06 takes seconds up to the cap")
  void takesSecondsUpToTheCap(String value, int seconds) {
    assertThat(of(value)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "", "+3", "3.5", "3s", "0x3", "\u00B3", "soon", "Sun, 06 Nov 1994", "3, 4"})
  @DisplayName("HC-06 ignores what makes no sense")
  void ignoresWhatMakesNoSense(String value) {
    assertThat(of(value)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:50:07 GMT",
        "Sun Nov  6 08:50:07 1994",
        "sun, 06 nov 1994 08:50:07 gmt"
      })
  @DisplayName("HC-06 takes a date")
  void takesADate(String value) {
    assertThat(of(value)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  @DisplayName("HC-06 takes a date with two digits of a year")
  void takesADateWithTwoDigitsOfAYear() {
    Headers headers = Headers.of("Retry-After", "Friday, 06-Nov-26 08:50:07 GMT");

    assertThat(RetryAfter.of(headers, Instant.parse("2026-11-06T08:49:37Z")))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  @DisplayName("HC-06 takes a date of the past for now, and a far one for the cap")
  void clampsDates() {
    assertThat(of("Sun, 06 Nov 1994 08:49:36 GMT")).isZero();
    assertThat(of("Fri, 06 Nov 2026 08:49:37 GMT")).isEqualTo(RetryAfter.LONGEST);
  }

  @Test
  @DisplayName("HC-06 counts a date from the server's own time")
  void countsADateFromTheServersOwnTime() {
    Headers headers =
        Headers.of(
            "Date",
            "Fri, 06 Nov 2026 08:49:37 GMT",
            "Retry-After",
            "Fri, 06 Nov 2026 08:49:41 GMT");

    assertThat(RetryAfter.of(headers, NOW)).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  @DisplayName("HC-06 is silent where the server is")
  void isSilentWhereTheServerIs() {
    assertThat(RetryAfter.of(Headers.EMPTY, NOW)).isNull();
  }

  private static @Nullable Duration of(String value) {
    return RetryAfter.of(Headers.of("Retry-After", value), NOW);
  }
}
