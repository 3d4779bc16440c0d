package dev.priz.protocol.deflate;

/**
 * What a block with codes of its own takes, by experience and rather too little: Shannon's bound
 * for its symbols, and what headers take for so many codes with so many gaps between their symbols.
 * Much faster than making the codes, which tiny messages often do not profit from.
 */
final class DynamicBound {
  /** The most symbols that there is a bound for. */
  static final int MAX_SYMBOLS = 1024;

  private static final int FRACTION_BITS = 5;
  private static final int HEADER_BITS = 72;
  private static final int CODE_LENGTH_BITS = 3;
  private static final int GAP_BITS = 4;

  // n * log2 n, in 32nds of a bit.
  private static final int[] LOGARITHMS = logarithms();

  private DynamicBound() {}

  /** The bits for counted symbols, at most {@link #MAX_SYMBOLS} of each alphabet. */
  static long bits(CountedSymbols literals, CountedSymbols distances) {
    return HEADER_BITS + bits(literals) + bits(distances);
  }

  private static long bits(CountedSymbols symbols) {
    int[] entries = symbols.inOrder();
    int used = symbols.used();
    int total = 0;
    int sum = 0;
    int gaps = 0;
    int next = 0;
    for (int i = 0; i < used; i++) {
      int symbol = CountedSymbols.symbol(entries[i]);
      gaps += (next - symbol) >>> 31;
      next = symbol + 1;
      int count = CountedSymbols.count(entries[i]);
      total += count;
      sum += LOGARITHMS[count];
    }
    return ((LOGARITHMS[total] - sum) >> FRACTION_BITS)
        + (long) CODE_LENGTH_BITS * used
        + (long) GAP_BITS * gaps;
  }

  private static int[] logarithms() {
    int[] logarithms = new int[MAX_SYMBOLS + 1];
    for (int n = 2; n <= MAX_SYMBOLS; n++) {
      logarithms[n] = (int) Math.round(n * Math.log(n) / Math.log(2) * (1 << FRACTION_BITS));
    }
    return logarithms;
  }
}
