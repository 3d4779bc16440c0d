package dev.priz.benchmarks.soak;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** What peers that misbehave put on the wire, written without Priz, which would not let them. */
final class WireBytes {
  private static final int MASKED = 0x80;

  private WireBytes() {}

  /** A proper request for a path. */
  static byte[] request(String path, boolean deflate) {
    return ascii(
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + (deflate ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "")
            + "\r\n");
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Bytes written as in {@code "81 85 00"}. */
  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  /**
   * A frame masked with zeros, whose payload is zeros.
   *
   * @param first its first byte, in full
   * @param present how much of the payload is there
   */
  static byte[] frame(int first, int length, int present) {
    byte[] header =
        length < 126
            ? new byte[] {(byte) first, (byte) (MASKED | length), 0, 0, 0, 0}
            : length < 65_536
                ? new byte[] {
                  (byte) first,
                  (byte) (MASKED | 126),
                  (byte) (length >> 8),
                  (byte) length,
                  0,
                  0,
                  0,
                  0
                }
                : new byte[] {
                  (byte) first,
                  (byte) (MASKED | 127),
                  0,
                  0,
                  0,
                  0,
                  (byte) (length >> 24),
                  (byte) (length >> 16),
                  (byte) (length >> 8),
                  (byte) length,
                  0,
                  0,
                  0,
                  0
                };
    byte[] frame = new byte[header.length + present];
    System.arraycopy(header, 0, frame, 0, header.length);
    return frame;
  }

  /** Several in a row. */
  static byte[] times(int count, byte[] bytes) {
    byte[] all = new byte[count * bytes.length];
    for (int i = 0; i < count; i++) System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
    return all;
  }
}
