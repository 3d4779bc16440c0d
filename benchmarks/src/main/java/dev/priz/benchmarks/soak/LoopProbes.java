package dev.priz.benchmarks.soak;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A task every 50 ms on each event loop, which notes how late it comes. One that stood still for
 * long has all the tasks it missed to note, each with its own delay.
 */
final class LoopProbes {
  static final long PERIOD_NANOS = 50_000_000;

  private final Set<Thread> watched = ConcurrentHashMap.newKeySet();
  private final Delays loops = new Delays();
  private final Delays idle = new Delays();

  /** How late the loops' probes came. */
  Delays loops() {
    return loops;
  }

  /** How late the same probe came on a thread that does nothing else. */
  Delays idle() {
    return idle;
  }

  /** Begins to watch the loop that calls this, unless that has been done. */
  void watchThisLoop() {
    if (!watched.add(Thread.currentThread())) return;
    EventExecutor loop = ThreadExecutorMap.currentExecutor();
    if (loop == null) throw new IllegalStateException("not on an event loop");
    new Probe(loop, System.nanoTime() + PERIOD_NANOS).plan();
  }

  /** Begins to watch a thread of its own. */
  void watchIdleThread() {
    Thread.ofPlatform().daemon().name("soak-idle").start(this::probeIdly);
  }

  private void probeIdly() {
    long dueNanos = System.nanoTime();
    while (true) {
      dueNanos += PERIOD_NANOS;
      for (long left = dueNanos - System.nanoTime();
          left > 0;
          left = dueNanos - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      idle.add(dueNanos, System.nanoTime());
    }
  }

  private final class Probe implements Runnable {
    private final EventExecutor loop;
    private long dueNanos;

    Probe(EventExecutor loop, long dueNanos) {
      this.loop = loop;
      this.dueNanos = dueNanos;
    }

    void plan() {
      loop.schedule(this, dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
      loops.add(dueNanos, System.nanoTime());
      dueNanos += PERIOD_NANOS;
      plan();
    }
  }
}
