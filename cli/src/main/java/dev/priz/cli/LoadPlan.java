package dev.priz.cli;

import dev.priz.protocol.WebSocketUri;
import java.time.Duration;

/**
 * What a load test does to a server.
 *
 * @param connections how many are opened
 * @param messagesPerSecond over all connections, or {@link #CLOSED_LOOP}
 * @param sizeBytes of each message's payload
 * @param text whether messages are text, else binary
 * @param pipeline most messages in flight on each connection
 * @param warmUp time before the measured one
 * @param duration measured time
 */
record LoadPlan(
    WebSocketUri uri,
    int connections,
    int messagesPerSecond,
    int sizeBytes,
    boolean text,
    int pipeline,
    Duration warmUp,
    Duration duration) {
  /** Instead of a rate: each answer has the next message sent. */
  static final int CLOSED_LOOP = 0;

  /** Whether messages are due by a schedule, however fast the server answers. */
  boolean isOpenLoop() {
    return messagesPerSecond != CLOSED_LOOP;
  }

  /** Messages for the connections of one event loop. */
  Payload payload() {
    return text ? new TextPayload(sizeBytes) : new BinaryPayload(sizeBytes);
  }
}
