package dev.priz.fuzz;

import java.util.Arrays;
import java.util.List;

/**
 * The bytes that a fuzzer made, read from the front: first the choices, a byte each, then what the
 * code under test gets. No input is too short: what is missing is 0.
 */
public final class FuzzInput {
  private final byte[] bytes;
  private int at;

  /**
   * Reads an input from its first byte on.
   *
   * @param bytes borrowed for as long as this is used
   */
  public FuzzInput(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether nothing is left. */
  public boolean isUsedUp() {
    return at == bytes.length;
  }

  /**
   * The next byte as a number.
   *
   * @param bound above all that may come out, at most 256
   */
  public int below(int bound) {
    return isUsedUp() ? 0 : (bytes[at++] & 0xFF) % bound;
  }

  /** The next byte as a choice of two. */
  public boolean flag() {
    return below(2) == 1;
  }

  /** The next byte as a choice among some. */
  public <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** The next bytes, fewer if there are not so many. */
  public byte[] take(int count) {
    int to = Math.min(bytes.length, at + count);
    byte[] taken = Arrays.copyOfRange(bytes, at, to);
    at = to;
    return taken;
  }

  /** All bytes that are left. */
  public byte[] rest() {
    return take(bytes.length - at);
  }

  /** The next few bytes as a way to cut something in pieces. */
  public Cuts cuts() {
    int[] lengths = new int[below(4)];
    for (int i = 0; i < lengths.length; i++) lengths[i] = 1 + below(256);
    return new Cuts(lengths);
  }
}
