package dev.priz.hub;

import dev.priz.netty.LinkClosedException;
import dev.priz.topic.Broker;
import dev.priz.topic.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subscription of a connection that speaks the subprotocol. It holds what is published until
 * the history has been read, merges the two, and from then on tells the client of every gap.
 *
 * <pre>
 * HOLDING ──caughtUp──► LIVE ──end──► ended
 * </pre>
 */
final class SessionSubscription extends HubSubscription {
  private final boolean watches;
  // What the client holds; null while the history is read.
  private @Nullable Position position;
  // The last that was sent or waits for room; what is not after it was in the history already.
  private @Nullable Position seen;
  // What came meanwhile; null once that is over.
  private @Nullable List<Entry> held = new ArrayList<>();
  private long heldBytes;
  private boolean overflowed;
  private long dropped;

  SessionSubscription(Subscriber owner, HubTopic topic, boolean watches) {
    super(owner, topic);
    this.watches = watches;
  }

  /**
   * Whether what was read of the history and what came meanwhile have no gap between them; if they
   * have, the history has to be read again.
   */
  boolean joins(Broker.History history) {
    if (overflowed) return false;
    Entry next = firstAfter(history.top());
    return next == null || next.follows(history.top());
  }

  /**
   * Begins to send: what was read, and what came meanwhile and is newer.
   *
   * @param start what the client holds now
   * @param read follows it
   */
  void caughtUp(Position start, List<Broker.Stored> read, Broker.History history) {
    position = start;
    seen = history.top();
    List<Entry> owed = new ArrayList<>();
    for (Broker.Stored stored : read) {
      Entry entry = Entry.of(hubTopic(), stored);
      if (entry != null) owed.add(entry);
    }
    List<Entry> live = held == null ? List.of() : held;
    held = null;
    for (Entry entry : live) {
      if (!isNew(entry)) continue;
      owed.add(entry);
      seen = entry.position();
    }
    if (!owed.isEmpty()) owe(owed);
  }

  /** Forgets what came while a history was read that did not join it. */
  void holdAnew() {
    held = new ArrayList<>();
    heldBytes = 0;
    overflowed = false;
  }

  @Override
  void deliver(Delivery delivery) {
    if (isEnded()) return;
    Position before = position;
    if (before == null) {
      delivery.entries().forEach(this::hold);
      return;
    }
    try {
      boolean together = delivery.isChained() && !delivery.excepts(owner.id);
      if (sendsNow() && together && delivery.first().follows(before)) {
        owner.link.send(delivery.batch(true));
        position = delivery.last().position();
        seen = position;
      } else {
        for (Entry entry : delivery.entries()) offerIfNew(entry);
      }
    } catch (LinkClosedException gone) {
      // Its subscriptions end with it.
    }
  }

  @Override
  void send(Entry entry) throws LinkClosedException {
    Position before = position;
    if (before == null || !entry.follows(before)) {
      owner.send(Frames.discontinuity(hubTopic().name, entry.before(), dropped));
      dropped = 0;
    }
    if (entry.excepts(owner.id)) {
      owner.send(Frames.position(hubTopic().name, entry.before(), entry.position()));
    } else {
      owner.send(entry.framed());
    }
    position = entry.position();
  }

  @Override
  void dropped(long count) {
    dropped += count;
  }

  @Override
  void tellPresence(String frame) {
    // Until the client has the list, there is nothing to change in it.
    if (!watches || position == null || isEnded()) return;
    try {
      owner.send(frame);
    } catch (LinkClosedException gone) {
      // As above.
    }
  }

  private void offerIfNew(Entry entry) throws LinkClosedException {
    if (!isNew(entry)) return;
    seen = entry.position();
    offer(entry);
  }

  private boolean isNew(Entry entry) {
    return seen == null || isAfter(entry, seen);
  }

  private void hold(Entry entry) {
    if (held == null || overflowed) return;
    heldBytes += entry.bytes();
    // Rather reads the history again, where there is one.
    overflowed =
        heldBytes > owner.hub.limits().maxPayloadBytes() + hubTopic().options.waitingBytes();
    if (!overflowed) held.add(entry);
  }

  private @Nullable Entry firstAfter(Position end) {
    if (held == null) return null;
    for (Entry entry : held) {
      if (isAfter(entry, end)) return entry;
    }
    return null;
  }

  private static boolean isAfter(Entry entry, Position end) {
    Position at = entry.position();
    return !at.epoch().equals(end.epoch()) || Long.compareUnsigned(at.offset(), end.offset()) > 0;
  }
}
