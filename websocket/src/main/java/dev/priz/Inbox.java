package dev.priz;

import dev.priz.netty.Source;
import dev.priz.protocol.Binary;
import dev.priz.protocol.Close;
import dev.priz.protocol.Event;
import dev.priz.protocol.Failed;
import dev.priz.protocol.Part;
import dev.priz.protocol.Ping;
import dev.priz.protocol.Pong;
import dev.priz.protocol.Text;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Messages, or parts of them, between the event loop that receives them and the threads that ask
 * for them.
 */
final class Inbox {
  private static final int OVERHEAD_BYTES = 64;

  private final Source link;
  private final int maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Event> events = new ArrayDeque<>(2);
  // By hand, because a condition costs a virtual thread more: nearly always one or none.
  private final Queue<Thread> waiting = new ArrayDeque<>(1);
  private int bytes;
  private boolean full;
  private boolean complete;
  private boolean allTaken;
  private boolean ended;
  private boolean dropsWhenFull;
  private boolean dropped;

  /**
   * An empty inbox.
   *
   * @param link asked to go on once there is room again, and to answer once all has been taken
   * @param maxBytes where reading pauses
   */
  Inbox(Source link, int maxBytes) {
    this.link = link;
    this.maxBytes = maxBytes;
  }

  /** Adds an event, on the event loop; false if no more are welcome until {@link #take} says so. */
  boolean add(Event event) {
    boolean more;
    Thread next;
    lock.lock();
    try {
      dropped |= full && dropsWhenFull;
      if (dropped) return true;
      events.add(event);
      bytes += weight(event);
      full = bytes >= maxBytes;
      more = !full || dropsWhenFull;
      next = waiting.poll();
    } finally {
      lock.unlock();
    }
    // Not under the lock, for which it would only wait again.
    if (next != null) link.wake(next);
    return more;
  }

  /** What waits to be taken. */
  int bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Notes that the peer sends nothing any more. */
  void complete() {
    lock.lock();
    try {
      complete = true;
      wakeAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for no one any more: those who ask get what is left, then null. */
  void end() {
    lock.lock();
    try {
      ended = true;
      wakeAll();
    } finally {
      lock.unlock();
    }
  }

  /** From now on, drops what does not fit instead of pausing, and all that comes after it. */
  void dropWhenFull() {
    lock.lock();
    try {
      dropsWhenFull = true;
    } finally {
      lock.unlock();
    }
  }

  /** Drops all that is here and all that comes. */
  void dropAll() {
    lock.lock();
    try {
      events.clear();
      bytes = 0;
      dropsWhenFull = true;
      dropped = true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the next event; waits for one if there is none.
   *
   * @return null once the connection has ended and nothing is left
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  @Nullable Event take() throws InterruptedException {
    boolean room;
    Event event;
    lock.lockInterruptibly();
    try {
      while (events.isEmpty() && !ended) {
        if (complete) noteAllTaken();
        await();
      }
      event = events.poll();
      if (event == null) return null;
      bytes -= weight(event);
      room = full && bytes <= maxBytes / 2;
      if (room) full = false;
    } finally {
      lock.unlock();
    }
    if (room) link.resume();
    return event;
  }

  private void wakeAll() {
    for (Thread next = waiting.poll(); next != null; next = waiting.poll()) {
      LockSupport.unpark(next);
    }
  }

  // Gives the lock away until there may be an event; called, and returns, with the lock held.
  private void await() throws InterruptedException {
    Thread self = Thread.currentThread();
    waiting.add(self);
    lock.unlock();
    LockSupport.park(this);
    lock.lock();
    boolean woken = !waiting.remove(self);
    if (!Thread.interrupted()) return;
    // The event that this thread was woken for is another's.
    if (woken && !events.isEmpty()) LockSupport.unpark(waiting.poll());
    throw new InterruptedException();
  }

  private void noteAllTaken() {
    if (allTaken) return;
    allTaken = true;
    link.answer();
  }

  private static int weight(Event event) {
    return OVERHEAD_BYTES
        + switch (event) {
          case Text text -> text.text().length();
          case Binary binary -> binary.data().length;
          case Part part -> part.data().length;
          case Ping ping -> ping.data().length;
          case Pong pong -> pong.data().length;
          case Close close -> 0;
          case Failed failed -> 0;
        };
  }
}
