package dev.priz;

import java.time.Duration;

/**
 * Learns what becomes of the connections of a server or a client, for counters and traces. Its
 * methods are called on event loops, those of several at once, and must not block; what they throw
 * is logged and changes nothing. {@link dev.priz.micrometer.PrizMetrics} is one.
 *
 * {@snippet class="dev.priz.docs.OperationsExample" region="observe"}
 */
public interface ConnectionObserver {

  /** A connection is open. */
  default void opened(WebSocket ws) {}

  /** A connection has ended, after its {@code onClose}. */
  default void closed(WebSocket ws, CloseRecord record) {}

  /** A server has not let a client in. */
  default void refused(RefusalRecord record) {}

  /**
   * Publications to a topic were dropped, as its {@link dev.priz.topic.SlowPolicy} says, because a
   * connection did not take what it was sent before.
   *
   * @param count since the last time
   */
  default void publicationsDropped(WebSocket ws, String topic, long count) {}

  /**
   * Callbacks kept their event loop, and all its connections, for more than 100 ms.
   *
   * @param path of the connection
   * @param took from the first callback of one read to the end of the last
   */
  default void callbackWasSlow(String path, Duration took) {}
}
