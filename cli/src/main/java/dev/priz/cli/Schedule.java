package dev.priz.cli;

/**
 * When the messages of one event loop are due: evenly spaced, however many have been sent.
 *
 * @param startNanos when the first one is due
 * @param intervalNanos between two of them; a fraction, for it is multiplied and must not drift
 */
record Schedule(long startNanos, double intervalNanos) {

  /**
   * The schedule of one of several loops that share a rate by their connections, and interleave.
   *
   * @param startNanos when the first message of all loops is due
   * @param share of the rate: this loop's connections divided by all
   * @param offset where this loop begins within its own interval, from 0 to 1
   */
  static Schedule of(long startNanos, int messagesPerSecond, double share, double offset) {
    double intervalNanos = 1e9 / messagesPerSecond / share;
    return new Schedule(startNanos + (long) (offset * intervalNanos), intervalNanos);
  }

  /** When a message is due; the first one has the index 0. */
  long dueNanos(long index) {
    return startNanos + (long) (index * intervalNanos);
  }

  /** The first message that is due after a point in time. */
  long firstAfter(long nanos) {
    if (nanos - startNanos < 0) return 0;
    long index = (long) ((nanos - startNanos) / intervalNanos);
    while (dueNanos(index) - nanos <= 0) index++;
    return index;
  }
}
