package dev.priz.benchmarks.soak;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** What peers that misbehave put on the wire, written without Priz, which would not let them. */
public final class WireBytes {
  /** The header field that offers compression. */
  public static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate\r\n";

  private static final int MASKED = 0x80;

  private WireBytes() {}

  /** A proper request for a path. */
  static byte[] request(String path, boolean deflate) {
    return request(path, deflate ? DEFLATE : "");
  }

  /**
   * A proper request for a path.
   *
   * @param fields more header fields, each with its line break
   */
  public static byte[] request(String path, String fields) {
    return ascii(
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + fields
            + "\r\n");
  }

  /** Bytes of a text. */
  public static byte[] ascii(String text) {
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
  public static byte[] frame(int first, int length, int present) {
    ByteBuffer frame = ByteBuffer.allocate(14 + present).put((byte) first);
    if (length < 126) {
      frame.put((byte) (MASKED | length));
    } else if (length < 65_536) {
      frame.put((byte) (MASKED | 126)).putShort((short) length);
    } else {
      frame.put((byte) (MASKED | 127)).putLong(length);
    }
    frame.putInt(0);
    return Arrays.copyOf(frame.array(), frame.position() + present);
  }

  /** A frame masked with zeros, with this payload. */
  public static byte[] frame(int first, byte[] payload) {
    byte[] frame = frame(first, payload.length, payload.length);
    System.arraycopy(payload, 0, frame, frame.length - payload.length, payload.length);
    return frame;
  }

  /** Several in a row. */
  static byte[] times(int count, byte[] bytes) {
    byte[] all = new byte[count * bytes.length];
    for (int i = 0; i < count; i++) System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
    return all;
  }
}
