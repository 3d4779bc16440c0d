package dev.priz.benchmarks.soak;

import java.util.Locale;

/** Times since the start, in words. */
final class Clock {
  private Clock() {}

  /** Minutes and seconds, such as {@code 3:07}; hours before them if there are any. */
  static String words(double seconds) {
    long whole = Math.round(seconds);
    String rest = String.format(Locale.ROOT, "%d:%02d", whole / 60 % 60, whole % 60);
    if (whole < 3_600) return rest;
    return String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3_600, whole / 60 % 60, whole % 60);
  }
}
