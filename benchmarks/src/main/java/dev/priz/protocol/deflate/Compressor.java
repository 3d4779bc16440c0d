package dev.priz.protocol.deflate;

import com.jcraft.jzlib.GZIPException;
import com.jcraft.jzlib.JZlib;
import java.util.zip.Deflater;

/** Something that compresses messages, each by itself, as RFC 7692 has them. */
interface Compressor {
  /**
   * Compresses one message.
   *
   * @return how many bytes it became, without the four that are not sent
   */
  int compress(byte[] message);

  /** Ours, as it is by default. */
  static Compressor priz(DeflateLevel level) {
    DeflateEncoder encoder = new DeflateEncoder(level);
    DeflateOutput output = new DeflateOutput();
    return message -> {
      output.truncate(0);
      encoder.compress(15, message, 0, message.length, output);
      return output.length();
    };
  }

  /** The JDK's, which is zlib in C. */
  static Compressor jdk(int level) {
    Deflater deflater = new Deflater(level, true);
    byte[][] output = {new byte[1024]};
    return message -> {
      if (output[0].length < 2 * message.length) output[0] = new byte[2 * message.length];
      deflater.reset();
      deflater.setInput(message);
      int length = deflater.deflate(output[0], 0, output[0].length, Deflater.SYNC_FLUSH);
      return length - Integer.BYTES;
    };
  }

  /** JZlib, which is zlib in Java. */
  static Compressor jzlib(int level) {
    byte[][] output = {new byte[1024]};
    try {
      com.jcraft.jzlib.Deflater deflater = new com.jcraft.jzlib.Deflater(level, 15, true);
      return message -> {
        if (output[0].length < 2 * message.length) output[0] = new byte[2 * message.length];
        deflater.init(level, 15, true);
        deflater.setInput(message);
        deflater.setOutput(output[0]);
        deflater.deflate(JZlib.Z_SYNC_FLUSH);
        return (int) deflater.getTotalOut() - Integer.BYTES;
      };
    } catch (GZIPException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One by its name. */
  static Compressor named(String name) {
    return switch (name) {
      case "priz-fastest" -> priz(DeflateLevel.FASTEST);
      case "priz" -> priz(DeflateLevel.BALANCED);
      case "priz-smaller" -> priz(DeflateLevel.SMALLER);
      case "priz-smallest" -> priz(DeflateLevel.SMALLEST);
      case "jdk-1" -> jdk(1);
      case "jdk-6" -> jdk(6);
      case "jzlib-1" -> jzlib(1);
      default -> throw new IllegalArgumentException("no compressor " + name);
    };
  }
}
