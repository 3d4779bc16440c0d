package dev.priz.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes as they stand on the wire, made without the code under test. */
final class Wire {
  /** The key of the handshake in RFC 6455 §1.3. */
  static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  /** What answers {@link #KEY}, from the same section. */
  static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  /** "Hello" from a client: the example of RFC 6455 §5.7. */
  static final byte[] MASKED_HELLO = wire("81 85 37 fa 21 3d 7f 9f 4d 51 58");

  /** "Hello" from a server: the example of RFC 6455 §5.7. */
  static final byte[] HELLO = wire("81 05 48 65 6c 6c 6f");

  /** A client's Close frame with code 1000. */
  static final byte[] MASKED_CLOSE = wire("88 82 00 00 00 00 03 e8");

  /** A server's Close frame with code 1000. */
  static final byte[] CLOSE = wire("88 02 03 e8");

  private Wire() {}

  /** The bytes that these hex digits stand for; spaces are for the reader. */
  static byte[] wire(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** The parts one after the other. */
  static byte[] join(byte[]... parts) {
    var joined = new ByteArrayOutputStream();
    for (byte[] part : parts) joined.writeBytes(part);
    return joined.toByteArray();
  }

  /** The unit so many times over. */
  static byte[] repeat(int times, byte[] unit) {
    byte[] repeated = new byte[times * unit.length];
    for (int i = 0; i < times; i++) {
      System.arraycopy(unit, 0, repeated, i * unit.length, unit.length);
    }
    return repeated;
  }

  /** So many bytes that differ from their neighbours. */
  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) bytes[i] = (byte) (i * 31 + 7);
    return bytes;
  }

  /** A client's text message in one frame, under the mask key zero. */
  static byte[] maskedText(String text) {
    return masked(0x81, text.getBytes(UTF_8));
  }

  /** A client's binary message in one frame, under the mask key zero. */
  static byte[] maskedBinary(byte[] payload) {
    return masked(0x82, payload);
  }

  /** A server's text message in one frame. */
  static byte[] text(String text) {
    byte[] payload = text.getBytes(UTF_8);
    return join(head(0x81, 0, payload.length), payload);
  }

  /** A server's binary message in one frame. */
  static byte[] binary(byte[] payload) {
    return join(head(0x82, 0, payload.length), payload);
  }

  private static byte[] masked(int first, byte[] payload) {
    return join(head(first, 0x80, payload.length), new byte[4], payload);
  }

  private static byte[] head(int first, int maskBit, int length) {
    ByteBuffer head = ByteBuffer.allocate(10).put((byte) first);
    if (length < 126) {
      head.put((byte) (maskBit | length));
    } else if (length < 65_536) {
      head.put((byte) (maskBit | 126)).putShort((short) length);
    } else {
      head.put((byte) (maskBit | 127)).putLong(length);
    }
    return Arrays.copyOf(head.array(), head.position());
  }

  /** A proper handshake's request. */
  static byte[] request(String path) {
    return request(path, "");
  }

  /**
   * A proper handshake's request with more header fields.
   *
   * @param fields lines that end in CR LF
   */
  static byte[] request(String path, String fields) {
    return ascii(
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: "
            + KEY
            + "\r\nSec-WebSocket-Version: 13\r\n"
            + fields
            + "\r\n");
  }
}
