package dev.priz.protocol.deflate;

import java.util.Arrays;

/** The symbols of an alphabet that come at all, with how often they come; and the same sorted. */
final class CountedSymbols {
  /** How often a symbol that stands behind all others seems to come: more than all of them. */
  static final int MANY = 0x3F_FFFF;

  private static final int SYMBOL_BITS = 9;
  private static final int SYMBOL_MASK = (1 << SYMBOL_BITS) - 1;
  private static final int DIGIT_BITS = 7;
  private static final int DIGITS = 1 << DIGIT_BITS;

  private final int[] inOrder;
  private int[] sorted;
  private int[] spare;
  private final int[] digitEnds = new int[DIGITS];
  private int used;
  private int highest;

  CountedSymbols(int symbols) {
    // One more, as an unused symbol is written before it is left out, and two behind all others.
    inOrder = new int[symbols + 1];
    sorted = new int[symbols + 2];
    spare = new int[symbols + 2];
  }

  /** The symbol of an entry. */
  static int symbol(int entry) {
    return entry & SYMBOL_MASK;
  }

  /** How often an entry's symbol comes. */
  static int count(int entry) {
    return entry >>> SYMBOL_BITS;
  }

  /** Forgets all symbols. */
  void clear() {
    used = 0;
    highest = 0;
  }

  /**
   * Adds the symbols of a range that come at all.
   *
   * @param counts borrowed: how often each symbol comes, all together less than {@link #MANY}
   */
  void add(int[] counts, int from, int to) {
    int[] entries = inOrder;
    int next = used;
    int all = highest;
    for (int symbol = from; symbol < to; symbol++) {
      // Without a branch, of which no processor could know the way.
      int count = counts[symbol];
      entries[next] = count << SYMBOL_BITS | symbol;
      next += -count >>> 31;
      all |= count;
    }
    used = next;
    highest = all;
  }

  /** How many there are. */
  int used() {
    return used;
  }

  /** Lends the entries, by symbol. */
  int[] inOrder() {
    return inOrder;
  }

  /** How many symbols the alphabet has up to the last one that comes. */
  int end() {
    return used == 0 ? 0 : symbol(inOrder[used - 1]) + 1;
  }

  /** Lends the entries, the rarest first, and two of {@link #MANY} behind them. */
  int[] sorted() {
    sortDigit(inOrder, SYMBOL_BITS, Math.min(highest, DIGITS - 1));
    int shift = SYMBOL_BITS + DIGIT_BITS;
    for (int rest = highest >>> DIGIT_BITS; rest != 0; rest >>>= DIGIT_BITS) {
      sortDigit(sorted, shift, Math.min(rest, DIGITS - 1));
      shift += DIGIT_BITS;
    }
    sorted[used] = MANY << SYMBOL_BITS;
    sorted[used + 1] = MANY << SYMBOL_BITS;
    return sorted;
  }

  private void sortDigit(int[] from, int shift, int highestDigit) {
    int[] to = spare;
    int[] ends = digitEnds;
    int count = used;
    Arrays.fill(ends, 0, highestDigit + 1, 0);
    for (int i = 0; i < count; i++) ends[from[i] >>> shift & DIGITS - 1]++;
    for (int digit = 0, end = 0; digit <= highestDigit; digit++) ends[digit] = end += ends[digit];
    for (int i = count - 1; i >= 0; i--) to[--ends[from[i] >>> shift & DIGITS - 1]] = from[i];
    spare = sorted;
    sorted = to;
  }
}
