package dev.priz.cli;

import dev.priz.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * Binary messages: the index in eight bytes, the lowest first, the connection in four, and the same
 * random bytes in all of them. A short message has the first of these bytes only.
 */
final class BinaryPayload implements Payload {
  private static final int CONNECTION_FROM = 8;
  private static final int REST_FROM = 12;

  private final byte[] content;
  private final ByteBuffer message;

  BinaryPayload(int sizeBytes) {
    content = new byte[sizeBytes];
    // Nothing that a server which compresses could profit from, and the same in each test.
    new Random(sizeBytes).nextBytes(content);
    message = ByteBuffer.wrap(content);
  }

  @Override
  public void send(WebSocket ws, int connection, long index) {
    stamp(connection, index);
    ws.send(message);
  }

  @Override
  public boolean isAnswer(String text, int connection, long index) {
    return false;
  }

  @Override
  public boolean isAnswer(byte[] data, int connection, long index) {
    stamp(connection, index);
    return Arrays.equals(data, content);
  }

  private void stamp(int connection, long index) {
    stamp(0, CONNECTION_FROM, index);
    stamp(CONNECTION_FROM, REST_FROM, connection);
  }

  private void stamp(int from, int to, long value) {
    int end = Math.min(to, content.length);
    for (int at = from; at < end; at++) content[at] = (byte) (value >> (8 * (at - from)));
  }
}
