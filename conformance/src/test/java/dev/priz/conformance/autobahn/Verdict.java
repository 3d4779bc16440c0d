package dev.priz.conformance.autobahn;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;

/**
 * What the suite says about one case.
 *
 * @param caseId group and numbers, such as {@code 6.4.2}
 * @param behavior whether what came back was right, in the suite's words
 * @param behaviorClose whether the closing was right, in the suite's words
 * @param details the suite's account of the case, with all that went over the wire
 */
record Verdict(
    String caseId, String behavior, String behaviorClose, long durationMillis, Path details) {
  /** By number, not by letter: 1.1.2 is before 1.1.10. */
  static final Comparator<Verdict> BY_CASE =
      (one, other) -> Arrays.compare(numbers(one.caseId), numbers(other.caseId));

  /**
   * The cases whose outcome the RFC leaves open: data behind a large message and a close (7.1.6),
   * and close codes beyond the registered ranges (7.13.1 and 7.13.2). The suite says INFORMATIONAL
   * of both their behaviors, whatever a peer does.
   */
  static final Set<String> INFORMATIONAL_CASES = Set.of("7.1.6", "7.13.1", "7.13.2");

  /** The first number of the case. */
  int group() {
    return numbers(caseId)[0];
  }

  /** Whether it is the only verdict that is good enough: OK, and for three cases INFORMATIONAL. */
  boolean passes() {
    String expected = INFORMATIONAL_CASES.contains(caseId) ? "INFORMATIONAL" : "OK";
    return behavior.equals(expected) && behaviorClose.equals(expected);
  }

  /** Both behaviors in short. */
  String outcome() {
    return behavior.equals(behaviorClose) ? behavior : behavior + ", close " + behaviorClose;
  }

  @Override
  public String toString() {
    return caseId + " is " + outcome() + ", see " + details;
  }

  private static int[] numbers(String caseId) {
    return Arrays.stream(caseId.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }
}
