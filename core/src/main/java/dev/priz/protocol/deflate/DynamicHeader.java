package dev.priz.protocol.deflate;

import java.util.Arrays;

/** The lengths of a dynamic block's codes, coded themselves (RFC 1951 §3.2.7). */
final class DynamicHeader {
  private static final int MAX_CODE_LENGTH = 7;
  private static final int MIN_LITERALS = 257;
  private static final int MIN_CODE_LENGTHS = 4;
  private static final int COUNT_BITS = 5 + 5 + 4;
  private static final int REPEAT = 16;
  private static final int ZEROS = 17;
  private static final int MANY_ZEROS = 18;
  private static final int MIN_MANY_ZEROS = 11;
  private static final int MAX_MANY_ZEROS = 138;
  private static final int SYMBOL_BITS = 5;
  private static final int[] EXTRA_COUNTS = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 7
  };
  private static final int SYMBOL_MASK = (1 << SYMBOL_BITS) - 1;

  private final HuffmanCode lengthCode =
      new HuffmanCode(DeflateSymbols.CODE_LENGTHS, MAX_CODE_LENGTH);
  private final int[] counts = new int[DeflateSymbols.CODE_LENGTHS];
  private final int[] items =
      new int[DeflateSymbols.LITERALS_AND_LENGTHS + DeflateSymbols.DISTANCES];
  private int itemCount;
  private int literalCount;
  private int distanceCount;
  private int codeLengthCount;
  private int extraBits;

  /** Works out the header of two codes, which ends before they change. */
  void plan(HuffmanCode literals, HuffmanCode distances) {
    literalCount = Math.max(MIN_LITERALS, literals.end());
    distanceCount = Math.max(1, distances.end());
    Arrays.fill(counts, 0);
    itemCount = 0;
    addRuns(literals, literalCount);
    addRuns(distances, distanceCount);
    ensureTwoSymbols();
    lengthCode.build(counts);
    extraBits = 2 * counts[REPEAT] + 3 * counts[ZEROS] + 7 * counts[MANY_ZEROS];
    codeLengthCount = DeflateSymbols.CODE_LENGTHS;
    while (codeLengthCount > MIN_CODE_LENGTHS
        && lengthCode.length(DeflateSymbols.codeLengthSymbol(codeLengthCount - 1)) == 0) {
      codeLengthCount--;
    }
  }

  /** How many bits the planned header takes. */
  long bits() {
    return COUNT_BITS + 3 * codeLengthCount + lengthCode.bits() + extraBits;
  }

  /** Writes the planned header, for which there is room. */
  void write(BitWriter bits, DeflateOutput output) {
    int sizes = literalCount - MIN_LITERALS;
    sizes |= (distanceCount - 1) << 5;
    sizes |= (codeLengthCount - MIN_CODE_LENGTHS) << 10;
    bits.add(output, sizes, COUNT_BITS);
    for (int place = 0; place < codeLengthCount; place++) {
      bits.add(output, lengthCode.length(DeflateSymbols.codeLengthSymbol(place)), 3);
    }
    for (int i = 0; i < itemCount; ) {
      // Three take 3 * (7 + 7) bits at most.
      long several = 0;
      int count = 0;
      for (int end = Math.min(i + 3, itemCount); i < end; i++) {
        int symbol = items[i] & SYMBOL_MASK;
        int code = lengthCode.codes[symbol];
        several |= (long) (code >>> 4) << count;
        count += code & 0xF;
        several |= (long) (items[i] >>> SYMBOL_BITS) << count;
        count += EXTRA_COUNTS[symbol];
      }
      bits.add(output, several, count);
    }
  }

  private void addRuns(HuffmanCode code, int count) {
    int[] symbols = code.inOrder();
    int used = code.used();
    int at = 0;
    for (int i = 0; i < used; ) {
      addZeros(symbols[i] - at);
      int length = code.length(symbols[i]);
      int first = i++;
      int unbroken = symbols[first] - first;
      while (i < used && symbols[i] - i == unbroken && code.length(symbols[i]) == length) i++;
      addRepeated(length, i - first);
      at = symbols[i - 1] + 1;
    }
    addZeros(count - at);
  }

  private void addZeros(int run) {
    int rest = run;
    while (rest >= MIN_MANY_ZEROS) {
      int zeros = Math.min(rest, MAX_MANY_ZEROS);
      add(MANY_ZEROS, zeros - MIN_MANY_ZEROS);
      rest -= zeros;
    }
    if (rest >= 3) add(ZEROS, rest - 3);
    else for (; rest > 0; rest--) add(0, 0);
  }

  private void addRepeated(int length, int run) {
    add(length, 0);
    int rest = run - 1;
    while (rest >= 3) {
      int times = Math.min(rest, 6);
      add(REPEAT, times - 3);
      rest -= times;
    }
    for (; rest > 0; rest--) add(length, 0);
  }

  private void add(int symbol, int extra) {
    items[itemCount++] = extra << SYMBOL_BITS | symbol;
    counts[symbol]++;
  }

  /** Inflaters refuse a code of one symbol here, though one bit would do for it. */
  private void ensureTwoSymbols() {
    int used = 0;
    for (int count : counts) if (count != 0) used++;
    if (used < 2) counts[counts[0] == 0 ? 0 : 1]++;
  }
}
