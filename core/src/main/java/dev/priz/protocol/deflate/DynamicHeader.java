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
  private static final int MIN_REPEATED = 3;
  private static final int MAX_REPEATED = 6;
  private static final int ITEM_BITS = 12;
  private static final int ITEM_MASK = (1 << ITEM_BITS) - 1;

  // For so many zeros in a row: two items, or what is as good as any, and how many of them are
  // needed. As the end of the block always has a code, there are not more.
  private static final int[] ZERO_ITEMS = zeroItems();

  private final HuffmanCode lengthCode =
      new HuffmanCode(DeflateSymbols.CODE_LENGTHS, MAX_CODE_LENGTH);
  private final int[] counts = new int[DeflateSymbols.CODE_LENGTHS];
  // One more, as a second item for zeros is written before it is left out.
  private final int[] items =
      new int[DeflateSymbols.LITERALS_AND_LENGTHS + DeflateSymbols.DISTANCES + 1];
  private int itemCount;
  private int literalCount;
  private int distanceCount;
  private int codeLengthCount;
  private int extraBits;

  /** Works out the header of two codes, which ends before they change. */
  void plan(HuffmanCode literals, HuffmanCode distances) {
    literalCount = Math.max(MIN_LITERALS, literals.end());
    distanceCount = Math.max(1, distances.end());
    itemCount = 0;
    addLengths(literals, literalCount);
    addLengths(distances, distanceCount);
    countItems();
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
    long lengths = 0;
    for (int place = 0; place < codeLengthCount; place++) {
      lengths |= (long) lengthCode.length(DeflateSymbols.codeLengthSymbol(place)) << (3 * place);
    }
    bits.add(output, lengths & 0xFFFF_FFFFL, Math.min(3 * codeLengthCount, 32));
    if (3 * codeLengthCount > 32) bits.add(output, lengths >>> 32, 3 * codeLengthCount - 32);
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

  private void addLengths(HuffmanCode code, int count) {
    int[] entries = code.symbols().inOrder();
    int used = code.symbols().used();
    int next = itemCount;
    int at = 0;
    int lastLength = 0;
    int repeated = 0;
    for (int i = 0; i < used; i++) {
      int symbol = CountedSymbols.symbol(entries[i]);
      int length = code.length(symbol);
      // Whether zeros are before it, how many, and so what they become, nobody could foresee.
      int zeros = ZERO_ITEMS[symbol - at];
      items[next] = zeros & ITEM_MASK;
      items[next + 1] = zeros >>> ITEM_BITS & ITEM_MASK;
      next += zeros >>> (2 * ITEM_BITS);
      items[next++] = length;
      repeated = symbol == at && length == lastLength ? repeated + 1 : 0;
      if (repeated == MIN_REPEATED) {
        // These three, and up to three more that follow.
        while (repeated < MAX_REPEATED && i + 1 < used && isSame(code, entries, i)) {
          repeated++;
          i++;
        }
        next -= MIN_REPEATED;
        items[next++] = (repeated - MIN_REPEATED) << SYMBOL_BITS | REPEAT;
        repeated = 0;
      }
      at = CountedSymbols.symbol(entries[i]) + 1;
      lastLength = length;
    }
    // Nothing follows but the one that there has to be.
    if (at < count) items[next++] = 0;
    itemCount = next;
  }

  private static boolean isSame(HuffmanCode code, int[] entries, int i) {
    int symbol = CountedSymbols.symbol(entries[i]);
    int next = CountedSymbols.symbol(entries[i + 1]);
    return next == symbol + 1 && code.length(next) == code.length(symbol);
  }

  private void countItems() {
    Arrays.fill(counts, 0);
    for (int i = 0; i < itemCount; i++) counts[items[i] & SYMBOL_MASK]++;
  }

  /** Inflaters refuse a code of one symbol here, though one bit would do for it. */
  private void ensureTwoSymbols() {
    int used = 0;
    for (int count : counts) if (count != 0) used++;
    if (used < 2) counts[counts[0] == 0 ? 0 : 1]++;
  }

  private static int[] zeroItems() {
    int[] items = new int[DeflateSymbols.END_OF_BLOCK + 1];
    for (int zeros = 1; zeros < items.length; zeros++) {
      int first = zeros < 3 ? 0 : zeroItem(Math.min(zeros, MAX_MANY_ZEROS));
      int second = 0;
      if (zeros > MAX_MANY_ZEROS) {
        // At least three for the second one, which then is an item, too.
        int rest = Math.max(zeros - MAX_MANY_ZEROS, 3);
        first = zeroItem(zeros - rest);
        second = zeroItem(rest);
      }
      int count = zeros == 2 || zeros > MAX_MANY_ZEROS ? 2 : 1;
      items[zeros] = count << (2 * ITEM_BITS) | second << ITEM_BITS | first;
    }
    return items;
  }

  private static int zeroItem(int zeros) {
    return zeros < MIN_MANY_ZEROS
        ? (zeros - 3) << SYMBOL_BITS | ZEROS
        : (zeros - MIN_MANY_ZEROS) << SYMBOL_BITS | MANY_ZEROS;
  }
}
