package dev.priz.cli;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/** What one event loop counts. The loop writes; another thread reads meanwhile. */
final class Tally {
  private static final long LEAST_NANOS = 1_000;
  private static final long MOST_NANOS = 3_600_000_000_000L;
  private static final int DIGITS = 3;

  private final LongAdder sent = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final LongAdder wrong = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private final SingleWriterRecorder latencies =
      new SingleWriterRecorder(LEAST_NANOS, MOST_NANOS, DIGITS);

  private final Histogram lateness = histogram();

  /** A histogram that takes what the recorders of tallies give. */
  static Histogram histogram() {
    return new Histogram(LEAST_NANOS, MOST_NANOS, DIGITS);
  }

  /** Notes a message that was sent. */
  void sent() {
    sent.increment();
  }

  /** Notes an answer as it should be. */
  void received() {
    received.increment();
  }

  /** Notes an answer that is none, or that nobody asked for. */
  void wrong() {
    wrong.increment();
  }

  /** Notes messages that a lost connection has taken with it, or could not take any more. */
  void lost(long messages) {
    lost.add(messages);
  }

  /** Notes a message that was due in the measured time and has no answer at the end. */
  void unanswered(long waitedNanos) {
    unanswered.increment();
    latency(waitedNanos);
  }

  /** Notes how long a message of the measured time took. */
  void latency(long nanos) {
    latencies.recordValue(Math.clamp(nanos, 0, MOST_NANOS));
  }

  /** Notes how late this program was to see that a message of the measured time is due. */
  void lateness(long nanos) {
    lateness.recordValue(Math.clamp(nanos, 0, MOST_NANOS));
  }

  /** How late this program was; to be asked for when the loop notes nothing any more. */
  Histogram lateness() {
    return lateness;
  }

  /** What has been counted up to now. */
  Counts counts() {
    return new Counts(sent.sum(), received.sum(), wrong.sum(), lost.sum(), unanswered.sum());
  }

  /** The latencies since the last call; lent until the next one. */
  Histogram newLatencies(@Nullable Histogram last) {
    return latencies.getIntervalHistogram(last);
  }
}
