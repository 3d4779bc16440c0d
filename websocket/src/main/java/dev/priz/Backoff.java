package dev.priz;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a client waits before it tries again. At random and from the first time on, so that all
 * who lose one server do not come back together.
 */
final class Backoff {
  private static final long BASE_NANOS = SECONDS.toNanos(1);
  private static final long MAX_NANOS = SECONDS.toNanos(30);
  // From here on, twice as much would be more than the most.
  private static final int MAX_DOUBLINGS = 5;

  private static final Pattern ADVICE = Pattern.compile("\\bretry-after=(\\d+)");
  private static final int MAX_DIGITS = 9;

  private Backoff() {}

  /**
   * The time before the next try.
   *
   * @param failures how many tries in a row have failed since the last success
   * @param random from 0 to below 1
   */
  static long nanos(int failures, double random) {
    long most = Math.min(MAX_NANOS, BASE_NANOS << Math.min(failures, MAX_DOUBLINGS));
    return (long) (random * most);
  }

  /** What a server asks for in the reason of its Close frame, five minutes at most; or 0. */
  static long adviceNanos(String reason) {
    Matcher advice = ADVICE.matcher(reason);
    if (!advice.find()) return 0;
    String digits = advice.group(1);
    long most = RetryAfter.LONGEST.toNanos();
    if (digits.length() > MAX_DIGITS) return most;
    return Math.min(most, SECONDS.toNanos(Long.parseLong(digits)));
  }
}
