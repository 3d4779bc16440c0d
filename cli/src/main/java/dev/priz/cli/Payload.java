package dev.priz.cli;

import dev.priz.WebSocket;

/**
 * The messages that the connections of one event loop send. Each carries its index and, where there
 * is room, the number of its connection, which tell it from all others. For use by one thread.
 */
interface Payload {
  /** Sends the message of a connection with an index. */
  void send(WebSocket ws, int connection, long index);

  /** Whether a text is the message of a connection with an index. */
  boolean isAnswer(String text, int connection, long index);

  /** Whether binary data are the message of a connection with an index. */
  boolean isAnswer(byte[] data, int connection, long index);
}
