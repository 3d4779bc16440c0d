package dev.priz.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The ways in which a stream may be cut into segments, or into the records of TLS. */
final class Segments {
  private static final int LONG_BYTES = 64;
  private static final int EDGE_BYTES = 16;
  private static final int MAX_SINGLE_BYTES = 16 * 1024;

  private Segments() {}

  /** Whole, byte by byte, and at every split in two. */
  static List<byte[][]> all(byte[] stream) {
    List<byte[][]> ways = wholeAndSingle(stream);
    for (int split = 1; split < stream.length; split++) {
      // In the middle of a long stream are payloads; what matters is at its ends.
      boolean inside = split > EDGE_BYTES && stream.length - split > EDGE_BYTES;
      if (inside && stream.length > LONG_BYTES) continue;
      ways.add(
          new byte[][] {
            Arrays.copyOf(stream, split), Arrays.copyOfRange(stream, split, stream.length)
          });
    }
    return ways;
  }

  /** Whole and, unless that takes too long, byte by byte. */
  static List<byte[][]> wholeAndSingle(byte[] stream) {
    List<byte[][]> ways = new ArrayList<>();
    ways.add(new byte[][] {stream});
    if (stream.length <= MAX_SINGLE_BYTES) ways.add(single(stream));
    return ways;
  }

  private static byte[][] single(byte[] stream) {
    byte[][] bytes = new byte[stream.length][];
    for (int i = 0; i < stream.length; i++) bytes[i] = new byte[] {stream[i]};
    return bytes;
  }
}
