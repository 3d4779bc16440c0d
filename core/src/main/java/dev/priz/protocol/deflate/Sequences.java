package dev.priz.protocol.deflate;

import java.util.Arrays;

/**
 * What a block is to say: runs of literals, each with the match that follows it, and how often each
 * symbol comes in them. The literals themselves stay where they are.
 */
final class Sequences {
  /** The most bytes that fit, whatever they are. */
  static final int MAX_RAW_BYTES = 48 * 1024;

  /** The most literals before a match in one item. */
  static final int MAX_RUN = 255;

  private static final int RUN_SHIFT = 24;
  private static final int LENGTH_SHIFT = 16;

  /** How often each literal, the end of the block and each length comes. */
  final int[] literalCounts = new int[DeflateSymbols.LITERALS_AND_LENGTHS];

  /** How often each distance comes. */
  final int[] distanceCounts = new int[DeflateSymbols.DISTANCES];

  // Runs without a match are as long as can be, so two items need more than 3 bytes each.
  private final int[] items =
      new int[MAX_RAW_BYTES / DeflateSymbols.MIN_LENGTH + MAX_RAW_BYTES / MAX_RUN + 2];
  private int count;
  private int openRun;

  /** Forgets all for a new block. */
  void begin() {
    count = 0;
    openRun = 0;
    Arrays.fill(literalCounts, 0);
    Arrays.fill(distanceCounts, 0);
    literalCounts[DeflateSymbols.END_OF_BLOCK] = 1;
  }

  /** Lends the items. */
  int[] items() {
    return items;
  }

  /** How many items there are. */
  int count() {
    return count;
  }

  /** How many extra bits the lengths and distances take. */
  int extraBits() {
    return DeflateSymbols.extraBits(literalCounts, distanceCounts);
  }

  /** Adds literals, and counts and adds the match behind them. */
  void add(int run, int length, int distance) {
    int rest = openRun + run;
    openRun = 0;
    while (rest > MAX_RUN) {
      items[count++] = MAX_RUN << RUN_SHIFT;
      rest -= MAX_RUN;
    }
    items[count++] =
        rest << RUN_SHIFT | (length - DeflateSymbols.MIN_LENGTH) << LENGTH_SHIFT | distance;
    int parts = DeflateSymbols.length(length - DeflateSymbols.MIN_LENGTH);
    int distanceExtra = DeflateSymbols.distanceExtraCount(distance - 1);
    literalCounts[DeflateSymbols.lengthSymbol(parts)]++;
    distanceCounts[DeflateSymbols.distanceSymbol(distance - 1, distanceExtra)]++;
  }

  /** Adds literals that the next match, if any, comes behind. */
  void addLiterals(int run) {
    openRun += run;
  }

  /** Makes items of the last literals, behind which no match comes. */
  void end() {
    int rest = openRun;
    openRun = 0;
    for (; rest > 0; rest -= MAX_RUN) items[count++] = Math.min(rest, MAX_RUN) << RUN_SHIFT;
  }

  /** How many literals an item has. */
  static int run(int item) {
    return item >>> RUN_SHIFT;
  }

  /** The length of an item's match, less 3. */
  static int lengthLess3(int item) {
    return item >>> LENGTH_SHIFT & 0xFF;
  }

  /** The distance of an item's match, 0 if there is none. */
  static int distance(int item) {
    return item & 0xFFFF;
  }

  /**
   * Counts literals, which {@link #add} and {@link #addLiterals} do not.
   *
   * @return where they end
   */
  int countLiterals(byte[] data, int from, int to) {
    int[] counts = literalCounts;
    int at = from;
    while (at < to) counts[data[at++] & 0xFF]++;
    return at;
  }
}
