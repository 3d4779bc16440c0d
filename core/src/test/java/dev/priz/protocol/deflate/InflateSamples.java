package dev.priz.protocol.deflate;

import dev.priz.payloads.PayloadKind;
import java.util.Arrays;
import java.util.Random;

/** Messages. */
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
}
