package dev.priz.topic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Who is present in one topic, and for how long. Under the topic's lock. */
final class Leases {
  private static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(Broker.LEASE_SECONDS);

  // Longest present first.
  private final SequencedMap<String, Member> members = new LinkedHashMap<>();
  // Longest not renewed first, each with the time when it was.
  private final SequencedMap<String, Long> renewals = new LinkedHashMap<>();

  /**
   * Makes a member present, or renews its lease.
   *
   * @return whether it was not present
   */
  boolean renew(Member member, long nowNanos) {
    renewals.putLast(member.id(), nowNanos);
    return members.put(member.id(), member) == null;
  }

  /** Ends a lease. The member, or null if it is not present. */
  @Nullable Member end(String id) {
    renewals.remove(id);
    return members.remove(id);
  }

  /** Ends one lease that is over. Its member, or null if none is. */
  @Nullable Member endOver(long nowNanos) {
    Map.Entry<String, Long> oldest = renewals.firstEntry();
    if (oldest == null || nowNanos - oldest.getValue() < LIFE_NANOS) return null;
    return end(oldest.getKey());
  }

  /** Ends one lease. Its member, or null if there is none. */
  @Nullable Member endAny() {
    Map.Entry<String, Member> longest = members.firstEntry();
    return longest == null ? null : end(longest.getKey());
  }

  /** How many are present. */
  int count() {
    return members.size();
  }

  /** Who is present. */
  Presence presence() {
    List<Member> listed = members.values().stream().limit(Presence.MAX_LISTED).toList();
    return new Presence(members.size(), listed);
  }
}
