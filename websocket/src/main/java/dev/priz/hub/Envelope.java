package dev.priz.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.topic.Format;
import dev.priz.topic.Publication;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A publication as brokers carry it: what it is, whom it leaves out, its key, and the payload.
 *
 * @param sender the connection that does not get it, or {@link #NOBODY}
 * @param key or null
 * @param bytes all of it, not to be changed
 * @param payloadAt where the payload begins in them
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Envelope(Format format, long sender, @Nullable String key, byte[] bytes, int payloadAt) {
  static final long NOBODY = 0;

  private static final int VERSION = 1 << 4;
  private static final int VERSION_MASK = 0xf0;
  private static final int FORMAT_MASK = 0x03;
  private static final int HAS_SENDER = 0x04;
  private static final int HAS_KEY = 0x08;
  // Where a format stands is its number on the wire, the same for all versions.
  private static final List<Format> FORMATS = List.of(Format.TEXT, Format.JSON, Format.BINARY);

  /**
   * The bytes of a publication.
   *
   * @param sender of the connection that publishes, or {@link #NOBODY}
   */
  static byte[] encode(Publication publication, long sender) {
    boolean excepts = publication.isExceptSender() && sender != NOBODY;
    String key = publication.key();
    byte[] keyBytes = key == null ? new byte[0] : key.getBytes(UTF_8);
    int length =
        1
            + (excepts ? Long.BYTES : 0)
            + (key == null ? 0 : 1 + keyBytes.length)
            + publication.size();
    ByteBuffer out = ByteBuffer.allocate(length);
    int flags = (excepts ? HAS_SENDER : 0) | (key == null ? 0 : HAS_KEY);
    out.put((byte) (VERSION | flags | FORMATS.indexOf(publication.format())));
    if (excepts) out.putLong(sender);
    if (key != null) out.put((byte) keyBytes.length).put(keyBytes);
    out.put(publication.payload());
    return out.array();
  }

  /**
   * The publication of bytes that {@link #encode} made, here or on another node.
   *
   * @return null if they are none
   */
  static @Nullable Envelope decode(byte[] bytes) {
    if (bytes.length == 0 || (bytes[0] & VERSION_MASK) != VERSION) return null;
    int format = bytes[0] & FORMAT_MASK;
    boolean excepts = (bytes[0] & HAS_SENDER) != 0;
    boolean keyed = (bytes[0] & HAS_KEY) != 0;
    int keyAt = 1 + (excepts ? Long.BYTES : 0);
    if (format >= FORMATS.size() || bytes.length < keyAt + (keyed ? 1 : 0)) return null;
    int keyLength = keyed ? bytes[keyAt] & 0xff : 0;
    int payloadAt = keyAt + (keyed ? 1 + keyLength : 0);
    if (bytes.length < payloadAt) return null;
    return new Envelope(
        FORMATS.get(format),
        excepts ? ByteBuffer.wrap(bytes).getLong(1) : NOBODY,
        keyed ? new String(bytes, keyAt + 1, keyLength, UTF_8) : null,
        bytes,
        payloadAt);
  }

  int size() {
    return bytes.length - payloadAt;
  }

  byte[] payload() {
    return Arrays.copyOfRange(bytes, payloadAt, bytes.length);
  }

  String payloadText() {
    return new String(bytes, payloadAt, size(), UTF_8);
  }
}
