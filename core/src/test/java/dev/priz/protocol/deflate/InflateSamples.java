package dev.priz.protocol.deflate;

import static java.nio.charset.StandardCharsets.UTF_8;

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
        return json(length, random);
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

  private static byte[] json(int length, Random random) {
    var text = new StringBuilder("[");
    while (text.length() < length) {
      text.append("{\"id\":")
          .append(random.nextInt())
          .append(",\"name\":\"user")
          .append(random.nextInt(100))
          .append("\",\"price\":")
          .append(random.nextInt(100_000) / 100.0)
          .append(",\"open\":true},");
    }
    return Arrays.copyOf(text.toString().getBytes(UTF_8), length);
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
