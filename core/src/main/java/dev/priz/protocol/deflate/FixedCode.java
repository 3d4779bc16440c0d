package dev.priz.protocol.deflate;

import java.util.Arrays;

/** The codes that need no header (RFC 1951 §3.2.6), as {@link HuffmanCode#codes} has them. */
final class FixedCode {
  static final int[] LITERALS = literals();
  static final int[] DISTANCES = distances();

  private static final int[] LITERAL_BITS =
      Arrays.stream(LITERALS).map(code -> code & 0xF).toArray();
  private static final int DISTANCE_BITS = 5;

  private FixedCode() {}

  /** How many bits counted symbols take, without extra bits. */
  static long bits(Sequences sequences) {
    int[] counts = sequences.literalCounts;
    int total = 0;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      total += counts[symbol] * LITERAL_BITS[symbol];
    }
    for (int count : sequences.distanceCounts) total += count * DISTANCE_BITS;
    return total;
  }

  private static int[] literals() {
    int[] codes = new int[DeflateSymbols.LITERALS_AND_LENGTHS];
    for (int symbol = 0; symbol < codes.length; symbol++) {
      codes[symbol] =
          symbol < 144
              ? HuffmanCode.packed(0b0011_0000 + symbol, 8)
              : symbol < 256
                  ? HuffmanCode.packed(0b1_1001_0000 + symbol - 144, 9)
                  : symbol < 280
                      ? HuffmanCode.packed(symbol - 256, 7)
                      : HuffmanCode.packed(0b1100_0000 + symbol - 280, 8);
    }
    return codes;
  }

  private static int[] distances() {
    int[] codes = new int[DeflateSymbols.DISTANCES];
    for (int symbol = 0; symbol < codes.length; symbol++) {
      codes[symbol] = HuffmanCode.packed(symbol, DISTANCE_BITS);
    }
    return codes;
  }
}
