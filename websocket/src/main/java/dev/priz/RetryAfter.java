package dev.priz;

import dev.priz.protocol.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When a server that refused wants to be asked again (RFC 9110 §10.2.3). */
final class RetryAfter {
  /** No server keeps a client away for longer, by mistake or by intent. */
  static final Duration LONGEST = Duration.ofMinutes(5);

  private static final Pattern SECONDS = Pattern.compile("[0-9]+");
  // More than the longest anyway, and what does not fit into a number.
  private static final int MAX_DIGITS = 9;

  // RFC 9110 §5.6.7: "A recipient that parses a timestamp value in an HTTP field MUST accept all
  // three HTTP-date formats"
  private static final List<DateTimeFormatter> DATES =
      List.of(
          pattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'").toFormatter(Locale.ENGLISH),
          pattern("EEEE, dd-MMM-")
              // Nearly the RFC's window of fifty years around today, without a look at the clock.
              .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.ENGLISH),
          pattern("EEE MMM ppd HH:mm:ss yyyy").toFormatter(Locale.ENGLISH));

  private RetryAfter() {}

  /**
   * How long to wait: between nothing and {@link #LONGEST}; null if the response does not say or
   * says what makes no sense.
   *
   * @param now for a date, where the response does not tell the server's own time
   */
  static @Nullable Duration of(Headers headers, Instant now) {
    String value = headers.first("Retry-After");
    if (value == null) return null;
    String text = value.strip();
    if (SECONDS.matcher(text).matches()) return clamped(seconds(text));
    Instant then = date(text);
    if (then == null) return null;
    // The two clocks may differ; the server's own is the one that it means.
    String date = headers.first("Date");
    Instant here = date == null ? null : date(date.strip());
    return clamped(Duration.between(here == null ? now : here, then));
  }

  private static Duration seconds(String digits) {
    String number = digits.replaceFirst("^0+(?=.)", "");
    return number.length() > MAX_DIGITS ? LONGEST : Duration.ofSeconds(Integer.parseInt(number));
  }

  private static Duration clamped(Duration wait) {
    if (wait.isNegative()) return Duration.ZERO;
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  private static @Nullable Instant date(String text) {
    for (DateTimeFormatter format : DATES) {
      try {
        return LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException otherFormat) {
        // Perhaps the next one.
      }
    }
    return null;
  }

  private static DateTimeFormatterBuilder pattern(String pattern) {
    return new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern);
  }
}
