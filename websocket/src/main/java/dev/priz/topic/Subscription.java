package dev.priz.topic;

import java.util.function.LongConsumer;

/** A connection's subscription to a topic; it ends with the connection. Any thread may use it. */
// An interface, so that how it works stays out of what users see.
public interface Subscription {
  /** The topic's name. */
  String topic();

  /** Whether it has not ended. */
  boolean isActive();

  /** Ends it: what is published from now on is not sent any more. */
  void unsubscribe();

  /**
   * Makes the connection present in the topic, for as long as the subscription lasts; or changes
   * its value.
   *
   * @param json what the application says of it, such as a name in quotation marks; at most 1 KiB
   *     of JSON
   * @throws IllegalArgumentException if it is no JSON, or too much
   */
  Subscription presentAs(String json);

  /**
   * Has a callback called whenever publications were dropped because the connection was too slow,
   * with how many, before the next one is sent.
   *
   * @param callback called on the connection's event loop, must not block
   */
  Subscription onDropped(LongConsumer callback);
}
