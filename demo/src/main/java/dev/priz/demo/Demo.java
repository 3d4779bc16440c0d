package dev.priz.demo;

import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;

/** One demo: what it adds to the server of all, and what it does once that has started. */
interface Demo {
  /** Adds its paths, and says how its topics behave. */
  void configure(WebSocketServerBuilder builder);

  /** Begins what goes on by itself; it ends with the server, as what {@link Pulse} runs does. */
  default void start(WebSocketServer server) {}
}
