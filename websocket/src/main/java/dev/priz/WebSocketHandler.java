package dev.priz;

/** What a server does with a connection, on a virtual thread of its own. */
@FunctionalInterface
public interface WebSocketHandler {
  /**
   * Converses with one client. When it returns, the connection is closed with code 1000; when it
   * throws, with code 1011, and the exception goes to {@code onError} or else to the log.
   *
   * @param ws the connection, open; reading begins with the first call that asks for a message
   * @throws Exception anything; {@link ConnectionClosedException} is the normal end of a handler
   *     that was sending
   */
  void handle(WebSocket ws) throws Exception;
}
