package dev.priz.topic;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does something every few seconds, from when it is first needed until the end. */
final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private final Runnable work;
  private final Duration period;
  private volatile State state = State.NOT_STARTED;
  private @Nullable Thread thread;

  /** Of this work; without a period, it never starts. */
  Sweep(Runnable work, Duration period) {
    this.work = work;
    this.period = period;
    if (period.isZero()) state = State.ENDED;
  }

  /** Starts the thread unless it has started. */
  void start() {
    // The lock is left alone where it runs, which is nearly always.
    if (state == State.NOT_STARTED) startOnce();
  }

  /** Ends the thread, and lets it not start any more. */
  synchronized void end() {
    state = State.ENDED;
    if (thread != null) LockSupport.unpark(thread);
  }

  private synchronized void startOnce() {
    if (state != State.NOT_STARTED) return;
    state = State.RUNNING;
    thread = Thread.ofPlatform().name("priz-topics").daemon().start(this::run);
  }

  private void run() {
    while (state == State.RUNNING) {
      LockSupport.parkNanos(this, period.toNanos());
      // A wake-up before its time does no harm.
      if (state == State.RUNNING) workOnce();
    }
  }

  private void workOnce() {
    try {
      work.run();
    } catch (RuntimeException thrown) {
      // By a listener, which must not keep the rest from ending in time.
      LOG.error("a listener of topics threw", thrown);
    }
  }

  /** NOT_STARTED, then RUNNING, then ENDED, which may also come first. */
  private enum State {
    NOT_STARTED,
    RUNNING,
    ENDED
  }
}
