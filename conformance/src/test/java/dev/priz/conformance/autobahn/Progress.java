package dev.priz.conformance.autobahn;

import java.time.Duration;

/** How far a run has come; it may be asked from any thread. */
final class Progress {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final String agent;
  private final int expected;
  private int started;
  private String caseId = "no case yet";
  private long printedNanos = System.nanoTime();

  Progress(String agent, int expected) {
    this.agent = agent;
    this.expected = expected;
  }

  /** How long to wait for something until it is time to print, or too late. */
  static long waitNanos(long deadlineNanos) {
    return Math.min(INTERVAL.toNanos(), deadlineNanos - System.nanoTime());
  }

  /** Counts a case. */
  synchronized void caseStarts(String startedCaseId) {
    started++;
    caseId = startedCaseId;
  }

  /** Prints a line, every few seconds at most. */
  synchronized void print() {
    if (System.nanoTime() - printedNanos >= INTERVAL.toNanos()) {
      printedNanos = System.nanoTime();
      System.out.println(this);
    }
  }

  @Override
  public synchronized String toString() {
    return "autobahn " + agent + ": " + started + " of " + expected + " cases, at " + caseId;
  }
}
