package dev.priz.protocol.deflate;

import dev.priz.payloads.PayloadKind;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;

/** Messages, and the JDK's way to compress them. */
final class InflateSamples {
  private InflateSamples() {}

  /** Kinds of content. */
  enum Kind {
    ZEROS,
    RANDOM,
    JSON,
    RUNS,
    FEW_SYMBOLS
  }

  /** Content of a kind. */
  static byte[] content(Kind kind, int length, Random random) {
    byte[] bytes = new byte[length];
    switch (kind) {
      case ZEROS -> {}
      case RANDOM -> random.nextBytes(bytes);
      case JSON -> {
        return PayloadKind.CHAT.payload(length, random.nextLong());
      }
      case RUNS -> {
        for (int at = 0; at < length; ) {
          int to = Math.min(length, at + 1 + random.nextInt(400));
          Arrays.fill(bytes, at, to, (byte) random.nextInt());
          at = to;
        }
      }
      case FEW_SYMBOLS -> {
        for (int i = 0; i < length; i++) bytes[i] = (byte) "abcdefgh".charAt(random.nextInt(8));
      }
    }
    return bytes;
  }

  /** Compresses a message as RFC 7692 §7.2.1 has it. */
  static byte[] message(Deflater deflater, byte[] content, int flush) {
    deflater.setInput(content);
    var out = new ByteArrayOutputStream();
    byte[] space = new byte[4_096];
    int length;
    do {
      length = deflater.deflate(space, 0, space.length, flush);
      out.write(space, 0, length);
    } while (length == space.length || !deflater.needsInput());
    byte[] all = out.toByteArray();
    return Arrays.copyOf(all, all.length - 4);
  }
}
