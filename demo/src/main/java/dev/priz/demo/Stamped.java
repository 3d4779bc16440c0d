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

  /** A value as JSON. */
  static Publication of(Object value) {
    return Publication.json(JSON.writeValueAsString(value));
  }
}
