package dev.priz.protocol.deflate;

import java.util.Arrays;

/**
 * What a block is to say, symbol by symbol, and how often each symbol comes.
 *
 * <p>A literal is one item, a match two: its length and its distance. All items look the same, so
 * that they can be written without asking what they are, which no processor could foresee: a symbol
 * of the two alphabets put one behind the other, how many extra bits it has, and these.
 */
final class Sequences {
  /** The most bytes that fit, whatever they are. */
  static final int MAX_RAW_BYTES = 48 * 1024;

  /** Where the distances begin among the symbols of items. */
  static final int FIRST_DISTANCE = DeflateSymbols.LITERALS_AND_LENGTHS;

  /** How many symbols items may have. */
  static final int SYMBOLS = FIRST_DISTANCE + DeflateSymbols.DISTANCES;

  private static final int SYMBOL_MASK = 0x1FF;
  private static final int EXTRA_COUNT_SHIFT = 9;
  private static final int EXTRA_SHIFT = 13;

  /** How often each literal, the end of the block and each length comes. */
  final int[] literalCounts = new int[DeflateSymbols.LITERALS_AND_LENGTHS];

  /** How often each distance comes. */
  final int[] distanceCounts = new int[DeflateSymbols.DISTANCES];

  // A match has more bytes than items. The end of the block takes one more.
  private final int[] items = new int[MAX_RAW_BYTES + 1];
  private int count;
  private int matches;

  /** Forgets all for a new block. */
  void begin() {
    count = 0;
    matches = 0;
    Arrays.fill(literalCounts, 0);
    Arrays.fill(distanceCounts, 0);
  }

  /** Lends the items. */
  int[] items() {
    return items;
  }

  /** How many items there are. */
  int count() {
    return count;
  }

  /** How many matches there are. */
  int matches() {
    return matches;
  }

  /** Whether some literal is not below 128, which those of most texts are. */
  boolean hasMoreThanAscii() {
    int all = 0;
    for (int i = 0; i < count; i++) all |= items[i];
    // No symbol of 256 or more has this bit.
    return (all & 0x80) != 0;
  }

  /** How many extra bits the lengths and distances take. */
  int extraBits() {
    return matches == 0 ? 0 : DeflateSymbols.extraBits(literalCounts, distanceCounts);
  }

  /** Adds a literal. */
  void addLiteral(int literal) {
    literalCounts[literal]++;
    items[count++] = literal;
  }

  /**
   * Adds literals.
   *
   * @return where they end
   */
  int addLiterals(byte[] data, int from, int to) {
    int[] counts = literalCounts;
    int[] added = items;
    int next = count;
    for (int at = from; at < to; at++) {
      int literal = data[at] & 0xFF;
      counts[literal]++;
      added[next++] = literal;
    }
    count = next;
    return Math.max(from, to);
  }

  /** Adds a match. */
  void addMatch(int length, int distance) {
    int parts = DeflateSymbols.length(length - DeflateSymbols.MIN_LENGTH);
    int symbol = DeflateSymbols.lengthSymbol(parts);
    int extraCount = DeflateSymbols.lengthExtraCount(parts);
    literalCounts[symbol]++;
    items[count] =
        symbol | extraCount << EXTRA_COUNT_SHIFT | DeflateSymbols.lengthExtra(parts) << EXTRA_SHIFT;
    extraCount = DeflateSymbols.distanceExtraCount(distance - 1);
    symbol = DeflateSymbols.distanceSymbol(distance - 1, extraCount);
    distanceCounts[symbol]++;
    items[count + 1] =
        FIRST_DISTANCE + symbol
            | extraCount << EXTRA_COUNT_SHIFT
            | (distance - 1 & (1 << extraCount) - 1) << EXTRA_SHIFT;
    count += 2;
    matches++;
  }

  /** Adds the end of the block. */
  void end() {
    literalCounts[DeflateSymbols.END_OF_BLOCK] = 1;
    items[count++] = DeflateSymbols.END_OF_BLOCK;
  }

  /** The symbol of an item. */
  static int symbol(int item) {
    return item & SYMBOL_MASK;
  }

  /** How many extra bits an item has. */
  static int extraCount(int item) {
    return item >>> EXTRA_COUNT_SHIFT & 0xF;
  }

  /** The extra bits of an item. */
  static int extra(int item) {
    return item >>> EXTRA_SHIFT;
  }
}
