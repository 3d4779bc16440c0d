package dev.priz.hub;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What an event loop has to do for topics, in the order in which it was given: so all subscribers
 * of a topic get one order, and a subscription begins and ends at one place in it. Any thread
 * gives; the loop takes.
 */
final class Lane {
  // Hand-overs after which the loop looks at its sockets again: some tens of milliseconds.
  private static final int MAX_TURN = 16_384;
  private static final int MAX_RUN = 64;
  private static final int MAX_RUN_BYTES = 256 * 1024;
  private static final long NEWS_MILLIS = 100;
  private static final long RENEWAL_SECONDS = 10;

  private final ScheduledExecutorService loop;
  private final long maxBytes;
  private final Queue<Work> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean called = new AtomicBoolean();
  private final AtomicLong bytes = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private volatile boolean ended;
  // What follows belongs to the loop.
  private final List<Entry> run = new ArrayList<>();
  private final Set<HubSubscription> present = new LinkedHashSet<>();
  private int runBytes;
  private int turn;
  private boolean renews;
  // So much waited that threads may wait for room.
  private boolean wasFull;

  /**
   * A lane.
   *
   * @param maxBytes of publications that wait; who may wait does so at a quarter of it
   */
  Lane(ScheduledExecutorService loop, long maxBytes) {
    this.loop = loop;
    this.maxBytes = maxBytes;
  }

  /** Gives work to the loop. */
  void add(Work work) {
    queue.add(work);
    if (work instanceof Entry entry) bytes.addAndGet(entry.bytes());
    call();
  }

  /** Whether more waits than may. */
  boolean isFull() {
    return bytes.get() > maxBytes;
  }

  /** Waits while so much waits that more would only make it worse. */
  void awaitRoom() throws InterruptedException {
    if (bytes.get() <= maxBytes / 4) return;
    lock.lockInterruptibly();
    try {
      // Looks again by itself, for a loop that ends meanwhile.
      while (bytes.get() > maxBytes / 4 && !ended) {
        boolean unused = room.await(1, TimeUnit.SECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Has a member's presence renewed until its subscription ends; on the loop. */
  void keepPresent(HubSubscription subscription) {
    present.add(subscription);
    if (renews) return;
    renews = true;
    later(this::renew, TimeUnit.SECONDS.toMillis(RENEWAL_SECONDS));
  }

  private void call() {
    if (called.get() || !called.compareAndSet(false, true)) return;
    try {
      loop.execute(this::drain);
    } catch (RejectedExecutionException loopEnded) {
      ended = true;
      queue.clear();
    }
  }

  private void drain() {
    turn = 0;
    try {
      for (Work work = next(); work != null; work = next()) {
        turn++;
        if (work instanceof Entry entry) {
          collect(entry);
        } else {
          handOver();
          act(work);
        }
      }
      handOver();
    } finally {
      // Whatever went wrong: what else there is still has to be done.
      called.set(false);
      if (!queue.isEmpty()) call();
    }
  }

  private @Nullable Work next() {
    return turn < MAX_TURN ? queue.poll() : null;
  }

  private void act(Work work) {
    switch (work) {
      case Entry entry -> throw new AssertionError("collected before: " + entry);
      case Work.Join(HubSubscription subscription) -> group(subscription).add(subscription);
      case Work.Leave(HubSubscription subscription) -> {
        group(subscription).remove(subscription);
        present.remove(subscription);
      }
      case Work.Presence news -> tell(news);
    }
  }

  private Group group(HubSubscription subscription) {
    Group group = subscription.hubTopic().group(this);
    assert group != null : "made before anything is given to the lane";
    return group;
  }

  // Publications of one topic that follow each other go out together.
  private void collect(Entry entry) {
    wasFull |= bytes.getAndAdd(-entry.bytes()) > maxBytes / 4;
    boolean fits = run.size() < MAX_RUN && runBytes < MAX_RUN_BYTES;
    if (!run.isEmpty() && (!fits || run.getFirst().topic != entry.topic)) handOver();
    run.add(entry);
    runBytes += entry.bytes();
  }

  private void handOver() {
    if (run.isEmpty()) return;
    Group group = run.getFirst().topic.group(this);
    try {
      if (group != null) deliver(group);
    } finally {
      run.clear();
      runBytes = 0;
    }
    if (wasFull && bytes.get() <= maxBytes / 8) signalRoom();
  }

  private void deliver(Group group) {
    turn += run.size() * group.count();
    try (var delivery = new Delivery(run, group.count())) {
      for (int i = 0; i < group.count(); i++) deliver(delivery, group.get(i));
    }
  }

  // One that is broken must not cost the others what they are due.
  private static void deliver(Delivery delivery, HubSubscription subscription) {
    try {
      subscription.deliver(delivery);
    } catch (RuntimeException broken) {
      subscription.owner.fail(broken);
    }
  }

  private void signalRoom() {
    wasFull = false;
    lock.lock();
    try {
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void tell(Work.Presence presence) {
    Group group = presence.topic().group(this);
    if (group == null || group.count() == 0) return;
    boolean first = !group.hasNews();
    group.news().add(presence.member(), presence.present(), presence.count());
    if (first) later(() -> tellNews(presence.topic(), group), NEWS_MILLIS);
  }

  private static void tellNews(HubTopic topic, Group group) {
    Group.PresenceNews news = group.takeNews();
    if (news == null) return;
    String frame = news.frame(topic.name);
    for (int i = 0; i < group.count(); i++) group.get(i).tellPresence(frame);
  }

  private void renew() {
    renews = !present.isEmpty();
    present.forEach(HubSubscription::renewPresence);
    if (renews) later(this::renew, TimeUnit.SECONDS.toMillis(RENEWAL_SECONDS));
  }

  private void later(Runnable action, long millis) {
    try {
      loop.schedule(action, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException loopEnded) {
      // Then nobody is left to be told.
    }
  }
}
