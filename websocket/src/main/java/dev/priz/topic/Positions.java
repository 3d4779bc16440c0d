package dev.priz.topic;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The positions of all topics of one broker. Any thread may use it.
 *
 * <p>All topics draw their offsets from one counter, so that no topic that was forgotten and comes
 * up again uses an offset twice.
 */
final class Positions {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String epoch;
  private final long seed;
  private final AtomicLong newest = new AtomicLong();
  // The highest offset in any topic that was forgotten.
  private final AtomicLong forgotten = new AtomicLong();

  /** In an epoch that never was. */
  Positions() {
    this(randomEpoch(), RANDOM.nextLong());
  }

  /**
   * In a given epoch.
   *
   * @param seed of the tags
   */
  Positions(String epoch, long seed) {
    this.epoch = epoch;
    this.seed = seed;
  }

  /** An offset above all that there were. */
  long next() {
    return newest.incrementAndGet();
  }

  /** The position after the publication that has this offset. */
  Position at(long offset) {
    return new Position(epoch, offset, tag(offset));
  }

  /** The tag of the publication that has this offset. */
  int tag(long offset) {
    if (offset == 0) return 0;
    // SplitMix64: the finalizer of a counter that a peer cannot know.
    long mixed = seed + offset * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return (int) (mixed >>> 32);
  }

  /** Remembers that a topic with this top is about to be forgotten. */
  void forget(long top) {
    forgotten.accumulateAndGet(top, Math::max);
  }

  /**
   * The top of a topic that nothing is known of. It may be one that was forgotten, and then it lies
   * at or above the top that it had: above all positions in it after which something was published
   * and lost.
   */
  long start() {
    return forgotten.get();
  }

  private static String randomEpoch() {
    byte[] bytes = new byte[Long.BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
