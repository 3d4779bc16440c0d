package dev.priz.cli;

/**
 * Numbers of messages.
 *
 * @param sent given to the connection
 * @param received answered as they should be
 * @param wrong messages that came and are not the answer that was due
 * @param lost not answered because the connection was lost before, or not sent
 * @param unanswered of those that were due in the measured time, not answered at its end
 */
record Counts(long sent, long received, long wrong, long lost, long unanswered) {
  static final Counts NONE = new Counts(0, 0, 0, 0, 0);

  /** These and others. */
  Counts plus(Counts more) {
    return new Counts(
        sent + more.sent,
        received + more.received,
        wrong + more.wrong,
        lost + more.lost,
        unanswered + more.unanswered);
  }

  /** What has been counted since others were. */
  Counts since(Counts earlier) {
    return new Counts(
        sent - earlier.sent,
        received - earlier.received,
        wrong - earlier.wrong,
        lost - earlier.lost,
        unanswered - earlier.unanswered);
  }
}
