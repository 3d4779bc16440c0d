package dev.priz.protocol.deflate;

/** The codes that need no header (RFC 1951 §3.2.6). */
final class FixedCode {
  /** The codes of the symbols of items, as {@link HuffmanCode#codes} has them. */
  static final int[] CODES = codes();

  private static final int DISTANCE_BITS = 5;
  private static final int[] LITERAL_BITS = literalBits();

  private FixedCode() {}

  /** How many bits counted symbols take, without extra bits. */
  static long bits(Sequences sequences) {
    int[] counts = sequences.literalCounts;
    int total = sequences.matches() * DISTANCE_BITS;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      total += counts[symbol] * LITERAL_BITS[symbol];
    }
    return total;
  }

  private static int[] literalBits() {
    int[] bits = new int[DeflateSymbols.LITERALS_AND_LENGTHS];
    for (int symbol = 0; symbol < bits.length; symbol++) bits[symbol] = CODES[symbol] & 0xF;
    return bits;
  }

  private static int[] codes() {
    int[] codes = new int[Sequences.SYMBOLS];
    for (int symbol = 0; symbol < Sequences.FIRST_DISTANCE; symbol++) {
      codes[symbol] =
          symbol < 144
              ? HuffmanCode.packed(0b0011_0000 + symbol, 8)
              : symbol < 256
                  ? HuffmanCode.packed(0b1_1001_0000 + symbol - 144, 9)
                  : symbol < 280
                      ? HuffmanCode.packed(symbol - 256, 7)
                      : HuffmanCode.packed(0b1100_0000 + symbol - 280, 8);
    }
    for (int symbol = 0; symbol < DeflateSymbols.DISTANCES; symbol++) {
      codes[Sequences.FIRST_DISTANCE + symbol] = HuffmanCode.packed(symbol, DISTANCE_BITS);
    }
    return codes;
  }
}
