package dev.priz.conformance.interop;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.priz.WebSocket;
import dev.priz.protocol.Closed;

/**
 * Priz's end of a connection.
 *
 * @param ws for the test to act through
 * @param heard what came in, and has been echoed
 */
record OurEnd(WebSocket ws, Heard heard) {
  OurEnd {
    ws.whenClosed().thenAccept(closed -> heard.end(closed.code(), closed.toString()));
  }

  /** How the connection ended; waits for it. */
  Closed closed() throws Exception {
    return ws.whenClosed().toCompletableFuture().get(Heard.DEADLINE_SECONDS, SECONDS);
  }
}
