package dev.priz.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A way to cut bytes in pieces: of these lengths, over and over; whole if there are none. */
public final class Cuts {
  /** One piece. */
  public static final Cuts NONE = new Cuts();

  /** Each byte alone. */
  public static final Cuts EVERYWHERE = new Cuts(1);

  private final int[] lengths;

  Cuts(int... lengths) {
    this.lengths = lengths;
  }

  /** Copies of the pieces, one at least; together they are the bytes. */
  public List<byte[]> cut(byte[] bytes) {
    if (lengths.length == 0 || bytes.length == 0) return List.of(bytes.clone());
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      int length = lengths[pieces.size() % lengths.length];
      int to = Math.min(bytes.length, at + length);
      pieces.add(Arrays.copyOfRange(bytes, at, to));
      at = to;
    }
    return pieces;
  }

  @Override
  public String toString() {
    return "pieces of " + Arrays.toString(lengths);
  }
}
