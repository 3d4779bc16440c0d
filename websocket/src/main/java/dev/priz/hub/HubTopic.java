package dev.priz.hub;

import dev.priz.topic.TopicOptions;
import org.jspecify.annotations.Nullable;

/** A topic that has subscribers on this server, parted into a group for each event loop. */
final class HubTopic {
  final String name;
  final TopicOptions options;
  // Under the lock of the hub's map.
  int subscriptions;
  // Grows only; written under that lock, and read by all.
  private volatile @Nullable Group groups;

  HubTopic(String name, TopicOptions options) {
    this.name = name;
    this.options = options;
  }

  /** The first of its groups, or null. */
  @Nullable Group groups() {
    return groups;
  }

  /** The group of an event loop, or null. */
  @Nullable Group group(Lane lane) {
    for (Group group = groups; group != null; group = group.next) {
      if (group.lane == lane) return group;
    }
    return null;
  }

  /** The group of an event loop, made if there is none; under the lock of the hub's map. */
  void addGroup(Lane lane) {
    if (group(lane) == null) groups = new Group(lane, groups);
  }
}
