package dev.priz.protocol.deflate;

/**
 * What a block with codes of its own takes at least, by all experience: Shannon's bound for its
 * symbols, and what the shorter headers take for so many codes. Much faster than making the codes,
 * which tiny messages rarely profit from.
 */
final class DynamicBound {
  /** The most symbols that there is a bound for. */
  static final int MAX_SYMBOLS = 1024;

  private static final int FRACTION_BITS = 5;
  private static final int MIN_HEADER_BITS = 80;
  private static final int MIN_CODE_LENGTH_BITS = 3;

  // n * log2 n, in 32nds of a bit.
  private static final int[] LOGARITHMS = logarithms();

  private DynamicBound() {}

  /** The least bits for the counted symbols, at most {@link #MAX_SYMBOLS} of each alphabet. */
  static long bits(Sequences sequences) {
    return MIN_HEADER_BITS
        + bits(sequences.literalCounts)
        + bits(sequences.distanceCounts)
        + sequences.extraBits();
  }

  private static long bits(int[] counts) {
    int used = 0;
    int total = 0;
    int sum = 0;
    for (int count : counts) {
      total += count;
      sum += LOGARITHMS[count];
      used += -count >>> 31;
    }
    return ((LOGARITHMS[total] - sum) >> FRACTION_BITS) + (long) MIN_CODE_LENGTH_BITS * used;
  }

  private static int[] logarithms() {
    int[] logarithms = new int[MAX_SYMBOLS + 1];
    for (int n = 2; n <= MAX_SYMBOLS; n++) {
      logarithms[n] = (int) Math.round(n * Math.log(n) / Math.log(2) * (1 << FRACTION_BITS));
    }
    return logarithms;
  }
}
