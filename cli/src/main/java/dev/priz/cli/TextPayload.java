package dev.priz.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.priz.WebSocket;

/**
 * Text messages: the last ten digits of the index, the last first, the last six of the connection,
 * and letters. A short message has the first of these characters only. All of it is ASCII, so that
 * as many characters are as many bytes.
 */
final class TextPayload implements Payload {
  private static final int CONNECTION_FROM = 10;
  private static final int REST_FROM = 16;

  private final byte[] content;
  // What follows the digits.
  private final String rest;

  TextPayload(int sizeBytes) {
    content = new byte[sizeBytes];
    for (int at = 0; at < sizeBytes; at++) content[at] = (byte) ('a' + at % 26);
    int digits = Math.min(REST_FROM, sizeBytes);
    rest = new String(content, digits, sizeBytes - digits, ISO_8859_1);
  }

  @Override
  public void send(WebSocket ws, int connection, long index) {
    stamp(connection, index);
    ws.send(new String(content, ISO_8859_1));
  }

  @Override
  public boolean isAnswer(String text, int connection, long index) {
    if (text.length() != content.length || !text.endsWith(rest)) return false;
    stamp(connection, index);
    for (int at = 0; at < text.length() - rest.length(); at++) {
      if (text.charAt(at) != content[at]) return false;
    }
    return true;
  }

  @Override
  public boolean isAnswer(byte[] data, int connection, long index) {
    return false;
  }

  private void stamp(int connection, long index) {
    stamp(0, CONNECTION_FROM, index);
    stamp(CONNECTION_FROM, REST_FROM, connection);
  }

  private void stamp(int from, int to, long value) {
    int end = Math.min(to, content.length);
    long left = value;
    for (int at = from; at < end; at++) {
      content[at] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }
}
