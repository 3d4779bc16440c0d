package dev.priz.netty;

import dev.priz.protocol.Opcode;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was sent and is not yet in the socket's own queue: first in, first out, but that whole
 * messages wait while a message in fragments is under way. Any thread adds; the event loop takes.
 */
final class Outbox {
  // Stands where a queue is empty, so that an idle connection has none; nothing is ever added.
  private static final Queue<Outgoing> NOTHING = new ArrayDeque<>(0);

  private final int highMarkBytes;
  private final int maxQueuedBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private Queue<Outgoing> queue = NOTHING;
  // Messages that came while another message's fragments were under way; sent right after its last.
  private Queue<Outgoing> deferred = NOTHING;
  private @Nullable Object openMessage;
  private long bytes;
  // Of these, what is deferred.
  private long deferredBytes;
  // Written under the lock, read without it: what the event loop asks before each message.
  private volatile boolean busy;
  private boolean closed;
  private boolean takerCalled;

  /**
   * An empty outbox.
   *
   * @param highMarkBytes where {@link #add} begins to wait
   * @param maxQueuedBytes where {@link #offer} gives up
   */
  Outbox(int highMarkBytes, int maxQueuedBytes) {
    this.highMarkBytes = highMarkBytes;
    this.maxQueuedBytes = maxQueuedBytes;
  }

  /** What became of {@link #add}. */
  enum Added {
    /** In the queue; the event loop must be called to take it. */
    CALL_TAKER,
    /** In the queue; the event loop has been called already. */
    TAKER_CALLED,
    /** Not in the queue: the link is closing or has ended. */
    CLOSED,
    /** Not in the queue: too much is in it; said by {@link #offer} only. */
    FULL
  }

  /**
   * Adds an entry.
   *
   * @param mayWait whether to wait, for as long as it takes, until the queue is below the high mark
   * @throws InterruptedException if the thread is interrupted while it waits; nothing was added
   *     then
   */
  Added add(Outgoing entry, boolean mayWait) throws InterruptedException {
    lock.lock();
    try {
      while (mayWait && isFullFor(entry) && !closed) room.await();
      return append(entry);
    } finally {
      lock.unlock();
    }
  }

  /** Adds an entry, however much waits; the caller is the event loop, and takes it. */
  Added addNow(Outgoing entry) {
    lock.lock();
    try {
      return append(entry);
    } finally {
      lock.unlock();
    }
  }

  /** Adds an entry unless too much waits already. */
  Added offer(Outgoing entry) {
    lock.lock();
    try {
      boolean full = entry.bytes() > 0 && isFullFor(entry.bytes());
      return full && !closed ? Added.FULL : append(entry);
    } finally {
      lock.unlock();
    }
  }

  /** Whether so much more is more than may wait. */
  boolean isFullFor(int added) {
    lock.lock();
    try {
      return bytes > 0 && bytes + added > maxQueuedBytes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the next entry whose turn it is, or null. Who takes goes on until there is none, or comes
   * again by itself; those who add after the last entry call it again.
   */
  @Nullable Outgoing take() {
    lock.lock();
    try {
      Outgoing entry = next();
      if (entry instanceof Outgoing.Frame frame && frame.message() != null) {
        openMessage = frame.last() ? null : frame.message();
      }
      if (queue.isEmpty()) queue = NOTHING;
      if (deferred.isEmpty()) deferred = NOTHING;
      boolean left = !queue.isEmpty() || !deferred.isEmpty();
      busy = left || openMessage != null;
      takerCalled = left && entry != null;
      boolean wasFull = bytes >= highMarkBytes;
      if (entry != null) bytes -= entry.bytes();
      // A change of turns, too, may make room for one who waits.
      boolean hasTurns = openMessage != null || !deferred.isEmpty();
      if (hasTurns || (wasFull && bytes < highMarkBytes)) room.signalAll();
      return entry;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a message sent now would have to wait behind others. */
  boolean isBusy() {
    return busy;
  }

  /** The weight of all that waits. */
  long bytes() {
    if (!busy) return 0;
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing any more; what is left can still be {@linkplain #takeRest taken}. */
  void close() {
    lock.lock();
    try {
      closed = true;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the next entry without regard to whose turn it is, or null. */
  @Nullable Outgoing takeRest() {
    lock.lock();
    try {
      Outgoing entry = deferred.poll();
      return entry != null ? entry : queue.poll();
    } finally {
      lock.unlock();
    }
  }

  private Added append(Outgoing entry) {
    if (closed) return Added.CLOSED;
    if (queue.isEmpty()) queue = new ArrayDeque<>();
    queue.add(entry);
    busy = true;
    bytes += entry.bytes();
    boolean called = takerCalled;
    takerCalled = true;
    return called ? Added.TAKER_CALLED : Added.CALL_TAKER;
  }

  // What is deferred waits for the end of the open message, whose fragments must not wait for it in
  // turn.
  private boolean isFullFor(Outgoing entry) {
    if (endsMessage(entry)) return false;
    boolean passes = openMessage != null && !mustWait(entry);
    return (passes ? bytes - deferredBytes : bytes) >= highMarkBytes;
  }

  // Nobody is to be kept, not even by an interrupt, from ending the message that holds up all
  // others.
  private static boolean endsMessage(Outgoing entry) {
    return entry instanceof Outgoing.Frame frame
        && frame.opcode() == Opcode.CONTINUATION
        && frame.last()
        && frame.payload().length == 0;
  }

  private @Nullable Outgoing next() {
    for (Iterator<Outgoing> waiting = deferred.iterator(); waiting.hasNext(); ) {
      Outgoing entry = waiting.next();
      if (mustWait(entry)) continue;
      waiting.remove();
      deferredBytes -= entry.bytes();
      return entry;
    }
    while (!queue.isEmpty()) {
      Outgoing entry = queue.remove();
      if (!mustWait(entry)) return entry;
      if (deferred.isEmpty()) deferred = new ArrayDeque<>();
      deferred.add(entry);
      deferredBytes += entry.bytes();
    }
    return null;
  }

  private boolean mustWait(Outgoing entry) {
    if (openMessage == null) return false;
    return switch (entry) {
      case Outgoing.Frame frame ->
          !Objects.equals(frame.message(), openMessage) && !frame.opcode().isControl();
      case Outgoing.Prepared prepared -> true;
      case Outgoing.Mark mark -> !deferred.isEmpty();
      case Outgoing.Closing closing -> false;
      case Outgoing.Answer answer -> false;
    };
  }
}
