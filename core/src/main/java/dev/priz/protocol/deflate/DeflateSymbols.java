package dev.priz.protocol.deflate;

/** The alphabets of RFC 1951: which symbol, with which extra bits, stands for what. */
final class DeflateSymbols {
  static final int MIN_LENGTH = 3;
  static final int MAX_LENGTH = 258;
  static final int END_OF_BLOCK = 256;
  static final int LITERALS_AND_LENGTHS = 286;
  static final int DISTANCES = 30;
  static final int CODE_LENGTHS = 19;

  private static final int FIRST_LENGTH_SYMBOL = 257;

  // RFC 1951 §3.2.7: "for the code length alphabet"
  private static final byte[] CODE_LENGTH_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  // For each length less 3: symbol, how many extra bits << 16, and the extra bits << 24.
  private static final int[] LENGTHS = lengths();

  private static final int[] LENGTH_EXTRA_COUNTS = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
  };
  private static final int[] DISTANCE_EXTRA_COUNTS = {
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13
  };

  private DeflateSymbols() {}

  /**
   * What stands for the length of a match.
   *
   * @param lengthLess3 0 to 255
   * @return the parts, to be had from the next three methods
   */
  static int length(int lengthLess3) {
    return LENGTHS[lengthLess3];
  }

  /** The symbol of a length. */
  static int lengthSymbol(int parts) {
    return parts & 0xFFFF;
  }

  /** The number of extra bits of a length. */
  static int lengthExtraCount(int parts) {
    return parts >>> 16 & 0xFF;
  }

  /** The extra bits of a length. */
  static int lengthExtra(int parts) {
    return parts >>> 24;
  }

  /**
   * The number of extra bits of a distance. The symbols come in pairs: the two highest bits of the
   * distance less 1 say which one, the rest is extra.
   */
  static int distanceExtraCount(int distanceLess1) {
    // A third highest bit is set for the small ones, which have no extra bits.
    return 30 - Integer.numberOfLeadingZeros(distanceLess1 | 2);
  }

  /** The symbol of a distance, given its number of extra bits. */
  static int distanceSymbol(int distanceLess1, int extraCount) {
    return (extraCount << 1) + (distanceLess1 >>> extraCount);
  }

  /** The number of extra bits of all lengths and distances together. */
  static int extraBits(int[] literalCounts, int[] distanceCounts) {
    int bits = 0;
    for (int i = 0; i < LENGTH_EXTRA_COUNTS.length; i++) {
      bits += literalCounts[FIRST_LENGTH_SYMBOL + i] * LENGTH_EXTRA_COUNTS[i];
    }
    for (int i = 0; i < DISTANCES; i++) bits += distanceCounts[i] * DISTANCE_EXTRA_COUNTS[i];
    return bits;
  }

  /** The symbol of the code length alphabet whose length stands at a place of the block header. */
  static int codeLengthSymbol(int place) {
    return CODE_LENGTH_ORDER[place];
  }

  private static int[] lengths() {
    int[] lengths = new int[MAX_LENGTH - MIN_LENGTH + 1];
    for (int less3 = 0; less3 < lengths.length; less3++) {
      // Four symbols to each power of two from 8 on, as the two highest bits after the first say.
      int extraCount = Math.max(0, 29 - Integer.numberOfLeadingZeros(less3 | 4));
      int symbol = FIRST_LENGTH_SYMBOL + (extraCount << 2) + (less3 >>> extraCount);
      int extra = less3 & (1 << extraCount) - 1;
      lengths[less3] = extra << 24 | extraCount << 16 | symbol;
    }
    // RFC 1951 §3.2.5: 258 has a symbol of its own.
    lengths[lengths.length - 1] = LITERALS_AND_LENGTHS - 1;
    return lengths;
  }
}
