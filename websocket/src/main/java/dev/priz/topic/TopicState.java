package dev.priz.topic;

import dev.priz.topic.Broker.History;
import dev.priz.topic.Broker.Listener;
import dev.priz.topic.Broker.Stored;
import dev.priz.topic.Outcome.Accepted;
import dev.priz.topic.Outcome.Reason;
import dev.priz.topic.Outcome.Rejected;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a broker in this process holds of one topic. All but {@link #lock} is for who has the lock.
 *
 * <p>There may be a million of them. Each takes 56 bytes, its lock 48, its entry in the table of
 * topics 32 and about 10 more for the slot: 146 with a subscriber and no history. So the rest is
 * made when it is needed, and let go of when it is empty.
 *
 * <p>The lock is held while the listener is told, which is what keeps a topic's order. It is none
 * of the language's, because a virtual thread that waits for one of those holds its carrier.
 */
final class TopicState {
  private final String name;
  private final Shared shared;
  private final ReentrantLock lock = new ReentrantLock();
  private long top;
  private long usedNanos;
  private @Nullable KeptHistory history;
  private @Nullable IdempotencyKeys keys;
  private @Nullable Leases leases;
  private boolean subscribed;
  private boolean swept;
  private boolean dropped;

  TopicState(String name, Shared shared) {
    this.name = name;
    this.shared = shared;
    this.top = shared.positions().start();
    this.usedNanos = shared.nanoClock().getAsLong();
  }

  String name() {
    return name;
  }

  /** Waits for the lock. Without it and false if the topic was dropped, and may be there anew. */
  boolean lock() {
    lock.lock();
    if (dropped) lock.unlock();
    return !dropped;
  }

  void unlock() {
    lock.unlock();
  }

  Outcome publish(byte[] bytes, @Nullable String idempotencyKey, Retention retention) {
    long nowNanos = use();
    if (idempotencyKey == null) return accept(shared.positions().next(), bytes, retention);
    if (keys == null) keys = new IdempotencyKeys(shared.keyRoom());
    Long first = keys.offset(idempotencyKey, nowNanos);
    if (first != null) return new Accepted(shared.positions().at(first));
    if (!shared.keyRoom().tryAcquire()) {
      return new Rejected(
          Reason.OVERLOADED,
          "there are "
              + Shared.MAX_KEYS
              + " idempotency keys, publish without one or again in two minutes");
    }
    long offset = shared.positions().next();
    keys.take(idempotencyKey, offset, nowNanos);
    return accept(offset, bytes, retention);
  }

  /** Sets whether the listener is told. */
  void subscribed(boolean now) {
    use();
    subscribed = now;
  }

  Position top() {
    return shared.positions().at(top);
  }

  History history(@Nullable Position since, int limit, Retention retention) {
    long nowNanos = use();
    Position now = top();
    if (now.equals(since)) return new History(true, now, List.of());
    if (history == null) return new History(false, now, List.of());
    List<Stored> missed =
        since == null || !since.epoch().equals(now.epoch())
            ? null
            : history.after(since, limit, retention, nowNanos);
    if (missed != null) return new History(true, now, missed);
    return new History(false, now, history.newest(limit, retention, nowNanos));
  }

  void enter(Member member) {
    expireLeases(Integer.MAX_VALUE, use());
    if (leases == null) leases = new Leases();
    if (leases.renew(member, usedNanos)) tell(member, true, leases.count());
  }

  void leave(String memberId) {
    expireLeases(Integer.MAX_VALUE, use());
    if (leases == null) return;
    Member left = leases.end(memberId);
    if (left != null) tell(left, false, leases.count());
  }

  /** All leave. */
  void leaveAll() {
    while (leases != null) {
      Member left = leases.endAny();
      if (left != null) tell(left, false, leases.count());
      else leases = null;
    }
  }

  Presence presence() {
    expireLeases(Integer.MAX_VALUE, use());
    return leases == null ? new Presence(0, List.of()) : leases.presence();
  }

  /** Whether something of it is over some time if nothing is done, perhaps the topic itself. */
  boolean changesWithTime() {
    return !subscribed || hasContents();
  }

  /**
   * Lets go of what is over.
   *
   * @param mostLeases how many leases it ends at most
   * @return whether it ended so many, and there may be more
   */
  boolean expire(int mostLeases) {
    long nowNanos = shared.nanoClock().getAsLong();
    if (history != null) {
      history.trim(nowNanos);
      if (history.isEmpty()) history = null;
    }
    if (keys != null) {
      keys.trim(nowNanos);
      if (keys.isEmpty()) keys = null;
    }
    return expireLeases(mostLeases, nowNanos);
  }

  /** Whether nothing holds it, and nobody has used it for so long. */
  boolean isIdleFor(Duration time) {
    if (subscribed || hasContents()) return false;
    return shared.nanoClock().getAsLong() - usedNanos >= time.toNanos();
  }

  /** Whether the sweep looks after it. */
  boolean isSwept() {
    return swept;
  }

  /** Sets whether the sweep looks after it. */
  void swept(boolean now) {
    swept = now;
  }

  /** Forgets the topic, but for how far its positions may have gone. Before it leaves the table. */
  void drop() {
    shared.positions().forget(top);
    dropped = true;
  }

  private long use() {
    usedNanos = shared.nanoClock().getAsLong();
    return usedNanos;
  }

  private Outcome accept(long offset, byte[] bytes, Retention retention) {
    Position position = shared.positions().at(offset);
    var publication = new Stored(position, top, shared.positions().tag(top), bytes);
    top = offset;
    if (retention.messages() == 0) {
      // Nothing may be missing between what is kept and the top.
      history = null;
    } else {
      if (history == null) history = new KeptHistory();
      history.add(publication, retention, usedNanos);
    }
    Listener listener = shared.listener().get();
    if (subscribed && listener != null) listener.onMessage(name, publication);
    return new Accepted(position);
  }

  private boolean hasContents() {
    return history != null || keys != null || leases != null;
  }

  private boolean expireLeases(int most, long nowNanos) {
    for (int ended = 0; leases != null; ended++) {
      if (ended == most) return true;
      Member over = leases.endOver(nowNanos);
      if (over == null) break;
      tell(over, false, leases.count());
    }
    if (leases != null && leases.count() == 0) leases = null;
    return false;
  }

  private void tell(Member member, boolean present, int count) {
    Listener listener = shared.listener().get();
    if (subscribed && listener != null) listener.onPresence(name, member, present, count);
  }
}
