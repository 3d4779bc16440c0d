package dev.priz.hub;

import dev.priz.netty.LinkClosedException;
import dev.priz.topic.Member;
import dev.priz.topic.SlowPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A connection's subscription to a topic, on its event loop but for what says otherwise. What there
 * is no room for waits in a {@link Backlog}, or with {@link SlowPolicy#CLOSE} in the connection's
 * own queue.
 */
abstract sealed class HubSubscription permits PlainSubscription, SessionSubscription {
  final Subscriber owner;
  private final HubTopic topic;
  // Where it stands in its group, or -1.
  int slot = -1;
  private volatile boolean ended;
  private volatile @Nullable Member member;
  private @Nullable Backlog backlog;

  HubSubscription(Subscriber owner, HubTopic topic) {
    this.owner = owner;
    this.topic = topic;
  }

  /** For any thread. */
  final HubTopic hubTopic() {
    return topic;
  }

  /** For any thread. */
  final boolean isEnded() {
    return ended;
  }

  /** Takes what was published. */
  abstract void deliver(Delivery delivery);

  /** Sends one publication now. */
  abstract void send(Entry entry) throws LinkClosedException;

  /** Learns that publications were dropped before the one that is sent next. */
  abstract void dropped(long count);

  /** Takes a frame that says who has come and gone. */
  abstract void tellPresence(String frame);

  /** For any thread: ends it once; what is under way is not sent any more. */
  final boolean end() {
    synchronized (this) {
      if (ended) return false;
      ended = true;
    }
    Member present = member;
    owner.hub.leave(this);
    if (present != null) owner.hub.broker().leave(topic.name, present.id());
    return true;
  }

  /** For any thread: makes the connection present in the topic. */
  final void enter(String value) {
    Member present = new Member(owner.memberId(), value);
    synchronized (this) {
      if (ended) return;
      member = present;
    }
    renew(present);
    owner.link.onLoop(() -> {
      if (!ended) owner.lane().keepPresent(this);
    });
  }

  /** Renews the lease of its presence. */
  final void renewPresence() {
    Member present = member;
    if (present != null && !ended) renew(present);
  }

  /** Sends one now, or has it wait for room. */
  final void offer(Entry entry) throws LinkClosedException {
    if (sendsNow()) {
      send(entry);
    } else if (!backlog().add(entry)) {
      owner.link.giveUp();
    }
  }

  /** Has publications sent, as there is room, before all that comes later. */
  final void owe(Iterable<Entry> entries) {
    backlog().addOwed(entries);
    drain();
  }

  /** Whether what is published is sent at once: into the connection's own queue, if need be. */
  final boolean sendsNow() {
    boolean queues = topic.options.slowPolicy() == SlowPolicy.CLOSE;
    return backlog == null && (queues || owner.link.hasRoom());
  }

  /** Sends what waits, as far as there is room. */
  final void drain() {
    Backlog waiting = backlog;
    if (waiting == null || ended) return;
    try {
      while (!waiting.isEmpty() && owner.link.hasRoom()) {
        long count = waiting.takeDropped();
        Entry next = waiting.poll();
        if (count > 0) {
          owner.tellDropped(this, count);
          dropped(count);
        }
        if (next != null) send(next);
      }
    } catch (LinkClosedException gone) {
      return;
    }
    if (waiting.isEmpty()) {
      backlog = null;
    } else {
      owner.waitForRoom(this);
    }
  }

  private Backlog backlog() {
    Backlog existing = backlog;
    if (existing != null) return existing;
    Backlog made = new Backlog(topic.options.slowPolicy(), topic.options.waitingBytes());
    backlog = made;
    owner.waitForRoom(this);
    return made;
  }

  private void renew(Member present) {
    owner.hub.broker().enter(topic.name, present);
  }
}
