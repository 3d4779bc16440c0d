package dev.priz.netty;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The turns of an event loop: each begins with the first read and ends when the loop comes to its
 * tasks. Who has had its share of a turn that takes long waits for a later one, so that timers,
 * what other threads send, and peers with little to say do not have to wait until those with the
 * most have said all of it. Of those who wait, fewer come in the next turn the longer turns take.
 */
final class Turns {
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final int MOST = 8;
  private static final int IDLE_MILLIS = 1;

  private final EventLoop loop;
  private final LongSupplier clock;
  private final Runnable end = this::end;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private int number;
  private long startNanos;
  private boolean open;
  private int most = MOST;
  private boolean timed;

  /**
   * The turns of a loop, none of which has begun.
   *
   * @param clock what {@link System#nanoTime} is to others
   */
  Turns(EventLoop loop, LongSupplier clock) {
    this.loop = loop;
    this.clock = clock;
  }

  /** Begins a turn, unless one has begun; returns its number. */
  int enter(long now) {
    if (!open) {
      open = true;
      number++;
      startNanos = now;
      loop.execute(end);
    }
    return number;
  }

  /** Whether a turn has begun that takes long already. */
  boolean isLong(long now) {
    return open && now - startNanos > LONG_NANOS;
  }

  /** Whether there are any who wait. */
  boolean areCrowded() {
    return !waiting.isEmpty();
  }

  /** Has an action run in a later turn, behind all that wait already. */
  void await(Runnable action) {
    waiting.add(action);
    enter(clock.getAsLong());
  }

  private void end() {
    long now = clock.getAsLong();
    most = isLong(now) ? Math.max(most / 2, 1) : Math.min(most + 1, MOST);
    startNanos = now;
    try {
      for (int i = 0; i < most && !waiting.isEmpty() && !isLong(now); i++) {
        waiting.remove().run();
        now = clock.getAsLong();
      }
    } finally {
      open = false;
      // If nobody has anything to say, there will be no turn by itself.
      if (!waiting.isEmpty() && !timed) planTurn();
    }
  }

  private void planTurn() {
    timed = true;
    loop.schedule(this::goOn, IDLE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void goOn() {
    timed = false;
    enter(clock.getAsLong());
  }
}
