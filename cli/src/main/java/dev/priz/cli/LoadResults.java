package dev.priz.cli;

import org.HdrHistogram.Histogram;

/**
 * What a load test has found out, in its measured time.
 *
 * @param seconds how long that was; less than planned if the test ended early, and 0 if it did so
 *     in the warm-up
 * @param during what was counted in that time
 * @param counts the same, and the answers that came in the moment after
 * @param latencies of messages that were due in that time, in nanoseconds
 * @param lateness how late this program was to see that they were due, a part of their latencies
 * @param interrupted whether the user ended it
 */
record LoadResults(
    double seconds,
    Counts during,
    Counts counts,
    Histogram latencies,
    Histogram lateness,
    boolean interrupted) {}
