package dev.priz.payloads;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Compresses messages by the JDK, and so not by the code under test. */
public final class Zlib {
  private Zlib() {}

  /** A message that stands alone, compressed as RFC 7692 §7.2.1 has it. */
  public static byte[] message(byte[] content) {
    var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      return message(deflater, content, Deflater.SYNC_FLUSH);
    } finally {
      deflater.end();
    }
  }

  /**
   * The next message of a stream.
   *
   * @param deflater of the stream, without zlib's header
   * @param flush {@link Deflater#SYNC_FLUSH} or {@link Deflater#FULL_FLUSH}
   */
  public static byte[] message(Deflater deflater, byte[] content, int flush) {
    deflater.setInput(content);
    var out = new ByteArrayOutputStream();
    byte[] space = new byte[8_192];
    int length;
    do {
      length = deflater.deflate(space, 0, space.length, flush);
      out.write(space, 0, length);
    } while (length == space.length || !deflater.needsInput());
    // "Remove 4 octets (that are 0x00 0x00 0xff 0xff) from the tail end"
    return Arrays.copyOf(out.toByteArray(), out.size() - 4);
  }
}
