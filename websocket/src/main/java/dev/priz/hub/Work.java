package dev.priz.hub;

import dev.priz.topic.Member;

/** What a {@link Lane} does on its event loop, in the order in which it was given. */
sealed interface Work permits Entry, Work.Join, Work.Leave, Work.Presence {

  /** A subscription begins: what comes after it is for it. */
  record Join(HubSubscription subscription) implements Work {}

  /** A subscription ends. */
  record Leave(HubSubscription subscription) implements Work {}

  /**
   * Someone has come to, or left, a topic.
   *
   * @param count how many are there now
   */
  record Presence(HubTopic topic, Member member, boolean present, int count) implements Work {}
}
