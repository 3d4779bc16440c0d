package dev.priz.protocol.deflate;

/**
 * What one direction of one connection keeps between messages for context takeover (RFC 7692
 * §7.1.1), or between the pieces of one message: the last bytes as far as the window reaches, and
 * where in them to look for what. Takes about four times the window, at most 94 KiB; everything
 * else is the encoder's, which many histories share. Not thread-safe.
 */
public final class DeflateHistory {
  /** The smallest window: 256 bytes. */
  public static final int MIN_WINDOW_BITS = 8;

  /** The largest window: 32 KiB. */
  public static final int MAX_WINDOW_BITS = 15;

  private static final int MIN_TABLE_BITS = 10;
  private static final int MAX_TABLE_BITS = 14;
  private static final int MIN_AHEAD_BYTES = 2048;

  private final int window;
  private final byte[] bytes;
  private final MatchTable table;
  private int encodedTo;
  private int end;

  /**
   * A history of nothing.
   *
   * @param windowBits the window's size as a power of two, 8 to 15
   */
  public DeflateHistory(int windowBits) {
    window = windowBytes(windowBits);
    // A little less than twice the window, so that all of this stays below four times of it.
    bytes = new byte[window + Math.max(window - window / 16, MIN_AHEAD_BYTES)];
    table = new MatchTable(Math.min(Math.max(windowBits, MIN_TABLE_BITS), MAX_TABLE_BITS));
  }

  /**
   * The bytes in a window.
   *
   * @throws IllegalArgumentException if the bits are not 8 to 15
   */
  static int windowBytes(int windowBits) {
    if (windowBits < MIN_WINDOW_BITS || windowBits > MAX_WINDOW_BITS) {
      throw new IllegalArgumentException("window is %d bits, not 8 to 15".formatted(windowBits));
    }
    return 1 << windowBits;
  }

  /** Forgets everything, as between messages without context takeover. */
  public void forget() {
    table.clear();
    encodedTo = 0;
    end = 0;
  }

  /**
   * Takes a message that the peer got compressed without this history, so that later ones may
   * repeat it.
   *
   * @param message borrowed
   */
  public void skip(byte[] message, int from, int to) {
    int first = Math.max(from, to - window);
    if (first > from) forget();
    for (int at = first; at < to; encoded()) at += append(message, at, to);
  }

  /** How many bytes this takes, without the headers of its objects. */
  public int stateBytes() {
    return bytes.length + table.bytes();
  }

  /** How far back a repetition may lie. */
  int window() {
    return window;
  }

  /** Lends the bytes: what has been encoded, and then what has not. */
  byte[] bytes() {
    return bytes;
  }

  /** Lends the table. */
  MatchTable table() {
    return table;
  }

  /** Up to where the bytes have been encoded. */
  int encodedTo() {
    return encodedTo;
  }

  /** Up to where there are bytes. */
  int end() {
    return end;
  }

  /** Says that all bytes have been encoded. */
  void encoded() {
    encodedTo = end;
  }

  /** Whether so many bytes fit at once, what is out of reach being dropped if need be. */
  boolean makeRoom(int count) {
    if (count <= bytes.length - end) return true;
    int dropped = encodedTo - window;
    if (dropped > 0) {
      System.arraycopy(bytes, dropped, bytes, 0, end - dropped);
      encodedTo -= dropped;
      end -= dropped;
      table.slide(dropped);
    }
    return count <= bytes.length - end;
  }

  /**
   * Takes the next bytes.
   *
   * @return how many fitted
   */
  int append(byte[] input, int from, int to) {
    int count = makeRoom(to - from) ? to - from : bytes.length - end;
    System.arraycopy(input, from, bytes, end, count);
    end += count;
    return count;
  }
}
