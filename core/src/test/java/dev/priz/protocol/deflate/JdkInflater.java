package dev.priz.protocol.deflate;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** zlib, as the JDK has it, for the messages of one direction of one connection. */
final class JdkInflater implements AutoCloseable {
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  private final Inflater inflater = new Inflater(true);

  /** A single message, without what came before. */
  static byte[] inflateAlone(byte[] payload) {
    try (JdkInflater inflater = new JdkInflater()) {
      return inflater.inflate(payload);
    }
  }

  /** The next message, which may repeat what came before. */
  byte[] inflate(byte[] payload) {
    // RFC 7692 §7.2.2: "Append 4 octets of 0x00 0x00 0xff 0xff to the tail end of the payload"
    byte[] whole = Arrays.copyOf(payload, payload.length + TAIL.length);
    System.arraycopy(TAIL, 0, whole, payload.length, TAIL.length);
    return inflatePiece(whole);
  }

  /** What can be inflated of some bytes. */
  byte[] inflatePiece(byte[] bytes) {
    inflater.setInput(bytes);
    byte[] plain = new byte[1024];
    int length = 0;
    try {
      while (true) {
        int count = inflater.inflate(plain, length, plain.length - length);
        length += count;
        if (length < plain.length) break;
        plain = Arrays.copyOf(plain, 2 * length);
      }
    } catch (DataFormatException e) {
      throw new IllegalStateException(e);
    }
    if (inflater.getRemaining() != 0) {
      throw new IllegalStateException(inflater.getRemaining() + " bytes were not inflated");
    }
    return Arrays.copyOf(plain, length);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
