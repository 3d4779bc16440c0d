package dev.priz.topic;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The idempotency keys that one topic has taken in the last two minutes. Under its lock. */
final class IdempotencyKeys {
  /** How long a key is kept. */
  static final long LIFE_NANOS = TimeUnit.MINUTES.toNanos(2);

  // In the order in which they were taken, and so in which they end.
  private final Map<String, Taken> taken = new LinkedHashMap<>();
  private final Semaphore room;

  /**
   * Without a key.
   *
   * @param room a permit for each key that the broker may still take
   */
  IdempotencyKeys(Semaphore room) {
    this.room = room;
  }

  /** The offset that a key was taken with, or null. */
  @Nullable Long offset(String key, long nowNanos) {
    trim(nowNanos);
    Taken found = taken.get(key);
    return found == null ? null : found.offset;
  }

  /** Takes a key that is not there, for which the caller has a permit. */
  void take(String key, long offset, long nowNanos) {
    taken.put(key, new Taken(offset, nowNanos));
  }

  /** Lets go of what is over. */
  void trim(long nowNanos) {
    Iterator<Taken> oldest = taken.values().iterator();
    while (oldest.hasNext() && nowNanos - oldest.next().sinceNanos >= LIFE_NANOS) {
      oldest.remove();
      room.release();
    }
  }

  /** Whether there is nothing left. */
  boolean isEmpty() {
    return taken.isEmpty();
  }

  private record Taken(long offset, long sinceNanos) {}
}
