package dev.priz.protocol.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for what is a repetition of something within the window. */
sealed interface MatchFinder permits GreedyFinder, LazyFinder {
  /** Four bytes at once, the first one lowest. */
  VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** Eight bytes at once, the first one lowest. */
  VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Shorter matches are not looked for: they rarely take fewer bits than their literals. */
  int MIN_MATCH = 4;

  /**
   * Adds what bytes consist of to the sequences, and counts their symbols.
   *
   * @param data borrowed
   * @param lowest the first byte that may be repeated
   * @param window how far back a repetition may lie
   */
  void find(MatchTable table, byte[] data, int lowest, int from, int to, int window, Sequences out);

  /**
   * How many bytes from two places on are equal.
   *
   * @param known how many of them are known to be
   * @param limit where the later ones end at the latest
   */
  static int matchLength(byte[] data, int earlier, int later, int known, int limit) {
    int end = later + known;
    int back = later - earlier;
    while (end <= limit - Long.BYTES) {
      long difference = (long) LONGS.get(data, end - back) ^ (long) LONGS.get(data, end);
      if (difference != 0) return end - later + (Long.numberOfTrailingZeros(difference) >>> 3);
      end += Long.BYTES;
    }
    while (end < limit && data[end] == data[end - back]) end++;
    return end - later;
  }
}
