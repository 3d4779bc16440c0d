package dev.priz.topic;

import dev.priz.topic.Broker.Stored;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The newest publications of one topic, up to its top and without a gap. Under the topic's lock.
 *
 * <p>What is kept follows the retention of the latest publication; that of a reader can only narrow
 * it.
 */
final class KeptHistory {
  // Small, because most topics keep little, and there may be many; it grows.
  private final ArrayDeque<Kept> kept = new ArrayDeque<>(1);
  private Retention retention = Retention.NONE;

  /** Adds the topic's newest publication, and keeps what a retention says from now on. */
  void add(Stored publication, Retention newRetention, long nowNanos) {
    // What is over by the retention until now stays over, whether or not it was let go of in time.
    trim(nowNanos);
    kept.addLast(new Kept(publication, nowNanos));
    retention = newRetention;
    trim(nowNanos);
  }

  /** Lets go of what is not to be kept any more. */
  void trim(long nowNanos) {
    long lifeNanos = lifeNanos(retention);
    while (!kept.isEmpty()) {
      boolean isKept = kept.size() <= retention.messages();
      if (isKept && !kept.getFirst().isOver(lifeNanos, nowNanos)) return;
      kept.removeFirst();
    }
  }

  /** Whether there is nothing left. */
  boolean isEmpty() {
    return kept.isEmpty();
  }

  /** The newest publications, at most {@code limit}, in order. */
  List<Stored> newest(int limit, Retention reading, long nowNanos) {
    trim(nowNanos);
    int most = Math.min(limit, reading.messages());
    long lifeNanos = lifeNanos(reading);
    List<Stored> found = new ArrayList<>();
    for (Kept each : kept.reversed()) {
      if (found.size() == most || each.isOver(lifeNanos, nowNanos)) break;
      found.add(each.publication);
    }
    Collections.reverse(found);
    return found;
  }

  /**
   * All that came after a position, in order; null unless it is all there and fits the limit.
   *
   * @param since not the top
   */
  @Nullable List<Stored> after(Position since, int limit, Retention reading, long nowNanos) {
    trim(nowNanos);
    int most = Math.min(limit, reading.messages());
    long lifeNanos = lifeNanos(reading);
    List<Stored> found = new ArrayList<>();
    for (Kept each : kept.reversed()) {
      if (found.size() == most || each.isOver(lifeNanos, nowNanos)) return null;
      found.add(each.publication);
      // Tells the tag at the position, be the publication there kept or not.
      if (each.publication.follows(since)) {
        Collections.reverse(found);
        return found;
      }
      // There is no such position, or it is beyond the top.
      if (Long.compareUnsigned(each.publication.prevOffset(), since.offset()) <= 0) return null;
    }
    return null;
  }

  private static long lifeNanos(Retention retention) {
    // Rounded down to what fits, 292 years.
    return TimeUnit.NANOSECONDS.convert(retention.timeToLive());
  }

  /** A publication, and since when. */
  private record Kept(Stored publication, long sinceNanos) {
    boolean isOver(long lifeNanos, long nowNanos) {
      return nowNanos - sinceNanos >= lifeNanos;
    }
  }
}
