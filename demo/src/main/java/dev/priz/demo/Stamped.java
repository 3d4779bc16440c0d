package dev.priz.demo;

import dev.priz.topic.Publication;
import tools.jackson.databind.json.JsonMapper;

/** What a demo publishes in place of what a client sent, because a client could claim anything. */
final class Stamped {
  static final JsonMapper JSON = new JsonMapper();

  private Stamped() {}

  /**
   * Has Jackson learn now how such a value is written: the first time takes long, and the rules of
   * topics run on event loops.
   */
  static void learn(Object example) {
    JSON.readTree(JSON.writeValueAsString(example));
  }

  /**
   * A value as JSON, under the client's name for what it sent: sent again after a loss, it still
   * counts once.
   */
  static Publication inPlaceOf(Publication sent, Object value) {
    Publication stamped = Publication.json(JSON.writeValueAsString(value));
    String name = sent.idempotencyKey();
    if (name != null) stamped = stamped.idempotencyKey(name);
    return sent.isExceptSender() ? stamped.exceptSender() : stamped;
  }
}
