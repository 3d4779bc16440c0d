package dev.priz.hub;

import dev.priz.topic.Member;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions to one topic on one event loop, which alone uses them; only who reads where the
 * group belongs may be another thread.
 */
final class Group {
  private static final @Nullable HubSubscription[] NONE = new @Nullable HubSubscription[0];

  final Lane lane;
  final @Nullable Group next;
  private @Nullable HubSubscription[] subscriptions = NONE;
  private int count;
  private @Nullable PresenceNews news;

  Group(Lane lane, @Nullable Group next) {
    this.lane = lane;
    this.next = next;
  }

  int count() {
    return count;
  }

  HubSubscription get(int index) {
    HubSubscription subscription = subscriptions[index];
    assert subscription != null : index;
    return subscription;
  }

  void add(HubSubscription subscription) {
    if (count == subscriptions.length) {
      subscriptions = Arrays.copyOf(subscriptions, count == 0 ? 1 : 2 * count);
    }
    subscription.slot = count;
    subscriptions[count++] = subscription;
  }

  void remove(HubSubscription subscription) {
    int slot = subscription.slot;
    if (slot < 0) return;
    HubSubscription last = get(--count);
    subscriptions[slot] = last;
    last.slot = slot;
    subscriptions[count] = null;
    subscription.slot = -1;
    if (count < subscriptions.length / 4) subscriptions = Arrays.copyOf(subscriptions, 2 * count);
  }

  /** Who has come and gone and has not been told of; the first of them makes the list. */
  PresenceNews news() {
    if (news == null) news = new PresenceNews();
    return news;
  }

  /** Takes the news, if there are any. */
  @Nullable PresenceNews takeNews() {
    PresenceNews taken = news;
    news = null;
    return taken;
  }

  boolean hasNews() {
    return news != null;
  }

  /** Joins and leaves of a moment, told together: in a crowd each would go to all. */
  static final class PresenceNews {
    private static final int MAX_LISTED = 1_000;

    private final Map<String, Member> joined = new LinkedHashMap<>();
    private final Map<String, Member> left = new LinkedHashMap<>();
    private int count;

    /**
     * Adds one. Of who has come and gone meanwhile only the going is told: someone may have read in
     * between that it was there.
     */
    void add(Member member, boolean present, int nowPresent) {
      count = nowPresent;
      if (present) {
        if (joined.size() < MAX_LISTED) joined.put(member.id(), member);
      } else {
        joined.remove(member.id());
        if (left.size() < MAX_LISTED) left.put(member.id(), member);
      }
    }

    /** The frame for those who watch; who has gone and come again is in both lists. */
    String frame(String topic) {
      return Frames.presence(topic, count, joined.values(), left.values());
    }
  }
}
