package dev.priz.benchmarks.soak;

import dev.priz.benchmarks.soak.Delays.Delay;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A task now and then on each event loop, which notes how late it comes. One that stood still for
 * long has all the tasks it missed to note, each with its own delay.
 */
public final class LoopProbes {
  private final Set<Thread> watched = ConcurrentHashMap.newKeySet();
  private final Delays delays = new Delays();
  private final long periodNanos;

  /** No loop is watched yet; the tasks will come once a period. */
  public LoopProbes(Duration period) {
    periodNanos = period.toNanos();
  }

  /** Forgets what was noted, and what was due before now. */
  public void beginAnew() {
    delays.beginAt(System.nanoTime() + periodNanos);
  }

  /**
   * How late, in milliseconds, 99 of 100 probes of the last ten seconds came at most.
   *
   * @param own whether waits for a processor do not count
   */
  public double p99Millis(boolean own) {
    long now = System.nanoTime();
    return own ? delays.ownP99(now) : delays.p99(now);
  }

  /** How late the loops' probes came. */
  Delays delays() {
    return delays;
  }

  /**
   * How late a probe came at most, in milliseconds, since a time of at most ten seconds ago.
   *
   * @param own whether waits for a processor do not count
   */
  public double longestMillis(long sinceNanos, boolean own) {
    return delays.between(sinceNanos, System.nanoTime()).stream()
            .mapToLong(own ? Delays.Delay::ownNanos : Delays.Delay::nanos)
            .max()
            .orElse(0)
        / 1e6;
  }

  /** Begins to watch the loop that calls this, unless that has been done. */
  public void watchThisLoop() {
    if (!watched.add(Thread.currentThread())) return;
    EventExecutor loop = ThreadExecutorMap.currentExecutor();
    if (loop == null) throw new IllegalStateException("not on an event loop");
    new Probe(loop, System.nanoTime() + periodNanos).plan();
  }

  private final class Probe implements Runnable {
    private final EventExecutor loop;
    private final ProcessorWait wait = new ProcessorWait();
    private long dueNanos;
    // What the thread had waited for a processor at the last probe before this one was due.
    private long waitNanosBefore = wait.nanos();

    Probe(EventExecutor loop, long dueNanos) {
      this.loop = loop;
      this.dueNanos = dueNanos;
    }

    void plan() {
      loop.schedule(this, dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
      long nowNanos = System.nanoTime();
      long waitNanos = wait.nanos();
      // All that are due: as a task of its own, each would wait for another turn of the loop.
      do {
        delays.add(new Delay(dueNanos, nowNanos, waitNanos - waitNanosBefore));
        dueNanos += periodNanos;
      } while (dueNanos - nowNanos <= 0);
      waitNanosBefore = waitNanos;
      plan();
    }
  }
}
