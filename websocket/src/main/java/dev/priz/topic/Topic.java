package dev.priz.topic;

import java.util.concurrent.CompletionStage;

/** A topic of a server, there whether or not anyone subscribes. Any thread may use it. */
// An interface, so that how it works stays out of what users see.
public interface Topic {
  /** Its name. */
  String name();

  /**
   * Publishes to all subscribers, on all nodes that share the broker. They get one order of all
   * publications. On a thread that may wait, it waits while the event loops have too much to hand
   * over; on an event loop it never waits.
   *
   * @return what became of it, in place and complete where the broker is in this process; never
   *     fails
   */
  CompletionStage<Outcome> publish(Publication publication);

  /**
   * Publishes a text.
   *
   * @throws IllegalArgumentException if it has an unpaired surrogate
   */
  default CompletionStage<Outcome> publish(String text) {
    return publish(Publication.text(text));
  }

  /**
   * Publishes bytes.
   *
   * @param data copied
   */
  default CompletionStage<Outcome> publish(byte[] data) {
    return publish(Publication.binary(data));
  }

  /** How many connections of this server subscribe to it. */
  int subscribers();

  /** Who is present in it, on all nodes. */
  CompletionStage<Presence> presence();
}
