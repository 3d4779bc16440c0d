package dev.priz.cli;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes each lane when messages of its schedule are due. A thread of its own, that never waits for
 * a lane or a server.
 */
final class Pacer implements AutoCloseable {
  private static final long LONGEST_WAIT_NANOS = 1_000_000_000;

  private final List<Lane> lanes;
  private final List<Schedule> schedules;
  private final long[] next;
  private final Thread thread;

  private Pacer(List<Lane> lanes, List<Schedule> schedules) {
    this.lanes = lanes;
    this.schedules = schedules;
    next = new long[lanes.size()];
    thread = Thread.ofPlatform().daemon().name("priz-pacer").unstarted(this::run);
  }

  /**
   * Begins to wake lanes.
   *
   * @param schedules one for each lane
   */
  static Pacer start(List<Lane> lanes, List<Schedule> schedules) {
    var pacer = new Pacer(lanes, schedules);
    pacer.thread.start();
    return pacer;
  }

  /** Ends it. */
  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      long now = System.nanoTime();
      long waitNanos = LONGEST_WAIT_NANOS;
      for (int i = 0; i < next.length; i++) {
        waitNanos = Math.min(waitNanos, callIfDue(i, now));
      }
      LockSupport.parkNanos(waitNanos);
    }
  }

  // Returns the time until the next message.
  private long callIfDue(int i, long now) {
    Schedule schedule = schedules.get(i);
    if (schedule.dueNanos(next[i]) - now <= 0) {
      lanes.get(i).callToSend();
      next[i] = schedule.firstAfter(now);
    }
    return schedule.dueNanos(next[i]) - now;
  }
}
