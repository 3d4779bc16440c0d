package dev.priz.hub;

import dev.priz.topic.SlowPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one subscription while its connection has no room: in order, and bounded as the
 * topic's policy says. For use on the event loop.
 */
final class Backlog {
  private final SlowPolicy policy;
  // By their keys where newer ones take the place of older ones, else by themselves; oldest first.
  private final Map<Object, Entry> waiting = new LinkedHashMap<>();
  private long maxBytes;
  private long bytes;
  private long dropped;

  /**
   * An empty backlog.
   *
   * @param maxBytes what may wait
   */
  Backlog(SlowPolicy policy, long maxBytes) {
    this.policy = policy;
    this.maxBytes = maxBytes;
  }

  /** Adds what the subscriber is owed, however much it is. */
  void addOwed(Iterable<Entry> entries) {
    for (Entry entry : entries) {
      maxBytes += entry.bytes();
      // Not by its key: what is owed is the whole history.
      waiting.put(entry, entry);
      bytes += entry.bytes();
    }
  }

  /**
   * Adds one, and drops what is too much.
   *
   * @return false if that is not allowed, so that the connection must be given up
   */
  boolean add(Entry entry) {
    boolean fits = bytes + entry.bytes() <= maxBytes;
    switch (policy) {
      case CLOSE -> {
        if (!fits) return false;
        append(entry, entry);
      }
      case DROP_NEWEST -> {
        if (fits) {
          append(entry, entry);
        } else {
          dropped++;
        }
      }
      case DROP_OLDEST -> appendInPlaceOfOldest(entry, entry);
      case CONFLATE -> conflate(entry);
    }
    return true;
  }

  /** Takes the oldest, or null. */
  @Nullable Entry poll() {
    var oldest = waiting.entrySet().iterator();
    if (!oldest.hasNext()) return null;
    Entry entry = oldest.next().getValue();
    oldest.remove();
    bytes -= entry.bytes();
    return entry;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** How many have been dropped since the last call. */
  long takeDropped() {
    long taken = dropped;
    dropped = 0;
    return taken;
  }

  private void conflate(Entry entry) {
    String key = entry.key();
    Entry before = key == null ? null : waiting.remove(key);
    if (before != null) {
      bytes -= before.bytes();
      dropped++;
    }
    appendInPlaceOfOldest(key == null ? entry : key, entry);
  }

  private void appendInPlaceOfOldest(Object place, Entry entry) {
    while (bytes + entry.bytes() > maxBytes && poll() != null) dropped++;
    append(place, entry);
  }

  // At the end, so that the order of what is sent stays that of the topic.
  private void append(Object place, Entry entry) {
    waiting.put(place, entry);
    bytes += entry.bytes();
  }
}
