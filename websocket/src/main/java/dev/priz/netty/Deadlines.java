package dev.priz.netty;

import dev.priz.protocol.Connection;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One wheel for all time-outs of an event loop. A handler costs four fields and no timer of its
 * own; a deadline that moves later costs nothing until the old one comes up. Deadlines are kept to
 * within {@link #TICK_MILLIS}; the wheel stands still while nobody waits.
 */
final class Deadlines {
  static final int TICK_MILLIS = 50;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
  private static final int SLOTS = 1_024;

  private final EventLoop loop;
  private final @Nullable TimedHandler[] slots = new @Nullable TimedHandler[SLOTS];
  private int waiting;
  private int position;
  private boolean turning;
  private long positionNanos;

  Deadlines(EventLoop loop) {
    this.loop = loop;
  }

  /** Puts a handler where its deadline belongs, if that may have moved earlier. */
  void advance(TimedHandler handler, long nowNanos) {
    long deadline = handler.deadlineNanos();
    if (deadline == Connection.NO_DEADLINE) return;
    if (handler.slot < 0 || deadline - handler.slotNanos < 0) schedule(handler, nowNanos);
  }

  /** Puts a handler where its deadline belongs, after that was set or has moved earlier. */
  void schedule(TimedHandler handler, long nowNanos) {
    remove(handler);
    long deadline = handler.deadlineNanos();
    if (deadline == Connection.NO_DEADLINE) return;
    handler.slotNanos = deadline;
    startTurning(nowNanos);
    // A deadline beyond the wheel waits in its last slot and is put on from there.
    long ticks = Math.max(1, (deadline - positionNanos + TICK_NANOS - 1) / TICK_NANOS);
    add(handler, (position + (int) Math.min(ticks, SLOTS - 1)) % SLOTS);
  }

  /** Forgets a handler. */
  void remove(TimedHandler handler) {
    if (handler.slot < 0) return;
    if (handler.previous == null) {
      slots[handler.slot] = handler.next;
    } else {
      handler.previous.next = handler.next;
    }
    if (handler.next != null) handler.next.previous = handler.previous;
    handler.previous = null;
    handler.next = null;
    handler.slot = -1;
    waiting--;
  }

  /** Whether a deadline has come. */
  static boolean isReached(long deadlineNanos, long nowNanos) {
    return deadlineNanos != Connection.NO_DEADLINE && deadlineNanos - nowNanos <= 0;
  }

  /** The earlier one of two deadlines. */
  static long earlier(long a, long b) {
    if (a == Connection.NO_DEADLINE) return b;
    return b == Connection.NO_DEADLINE || a - b < 0 ? a : b;
  }

  private void add(TimedHandler handler, int slot) {
    TimedHandler first = slots[slot];
    handler.next = first;
    if (first != null) first.previous = handler;
    slots[slot] = handler;
    handler.slot = slot;
    waiting++;
  }

  private void startTurning(long nowNanos) {
    if (turning) return;
    turning = true;
    positionNanos = nowNanos;
    scheduleTurn();
  }

  private void scheduleTurn() {
    loop.schedule(this::turn, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void turn() {
    long now = System.nanoTime();
    while (now - positionNanos >= TICK_NANOS) {
      position = (position + 1) % SLOTS;
      positionNanos += TICK_NANOS;
      empty(position, now);
    }
    turning = waiting > 0;
    if (turning) scheduleTurn();
  }

  private void empty(int slot, long now) {
    for (TimedHandler first = slots[slot]; first != null; first = slots[slot]) {
      remove(first);
      if (isReached(first.deadlineNanos(), now)) first.deadlineReached(now);
      if (first.slot < 0) schedule(first, now);
    }
  }
}
