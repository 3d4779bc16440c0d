package dev.priz.protocol.deflate;

import java.util.Arrays;

/**
 * Fills an {@link InflateTable} from the lengths of its codes.
 *
 * <p>The codes are taken from the shortest to the longest, each in the order of its symbols, as RFC
 * 1951 §3.2.2 numbers them, and put where their bits, reversed, point to. The first table is as
 * long as the codes so far need; it is doubled, by a copy of itself, whenever they become longer by
 * one bit. So nothing is cleared and few entries are written one by one.
 */
final class InflateTableBuilder {
  private static final int REVERSED_BITS = 9;
  private static final short[] REVERSED = new short[1 << REVERSED_BITS];

  static {
    for (int i = 0; i < REVERSED.length; i++) REVERSED[i] = (short) reversed(i, REVERSED_BITS);
  }

  private final int[] counts = new int[InflateTable.MAX_CODE_BITS + 1];
  private final int[] places = new int[InflateTable.MAX_CODE_BITS + 1];
  // The entries of the symbols by the length of their codes.
  private final int[] sorted = new int[InflateTable.LITERAL_SYMBOLS];

  /**
   * Fills a table.
   *
   * @param codes borrowed; at {@code from} to {@code to} the symbols that have codes, in their
   *     order: each in the higher bits, less {@code base}, and in the lowest four its code's length
   * @param singleAllowed whether one code of one bit may stand alone
   * @return false if the code is over-subscribed or incomplete
   */
  boolean build(
      InflateTable table, short[] codes, int from, int to, int base, boolean singleAllowed) {
    int longest = count(codes, from, to);
    int free = freeCodes(longest);
    // A code without any symbol is no fault as long as none is used.
    boolean single = longest == 0 || (longest == 1 && free > 0 && singleAllowed);
    if (free < 0 || (free > 0 && !single)) return false;
    sort(table.symbols, codes, from, to, base);
    if (single) {
      fillSingle(table, longest);
    } else {
      table.indexBits = Math.min(longest, table.maxIndexBits);
      fillFirst(table);
      if (longest > table.indexBits) fillSecond(table, longest);
    }
    return true;
  }

  private int count(short[] codes, int from, int to) {
    Arrays.fill(counts, 0);
    for (int i = from; i < to; i++) counts[codes[i] & 15]++;
    int longest = InflateTable.MAX_CODE_BITS;
    while (longest > 0 && counts[longest] == 0) longest--;
    return longest;
  }

  // How many codes of the greatest length are not used; less than 0 if there are too many codes.
  private int freeCodes(int longest) {
    int free = 1;
    for (int length = 1; length <= longest && free >= 0; length++) {
      free = (free << 1) - counts[length];
    }
    return free;
  }

  private void sort(int[] symbols, short[] codes, int from, int to, int base) {
    int place = 0;
    for (int length = 0; length < places.length; length++) {
      places[length] = place;
      place += counts[length];
    }
    for (int i = from; i < to; i++) {
      int length = codes[i] & 15;
      int entry = symbols[(codes[i] >> 4) - base] + (length << 8 | length);
      sorted[places[length]++] = entry;
    }
  }

  private void fillSingle(InflateTable table, int longest) {
    table.indexBits = 1;
    int none = InflateTable.EXCEPTION | 1 << 8 | 1;
    table.entries[0] = longest == 0 ? none : sorted[0];
    table.entries[1] = none;
  }

  // The codes that are not longer than the index.
  private void fillFirst(InflateTable table) {
    int[] entries = table.entries;
    int place = 0;
    int code = 0;
    for (int length = 1; length <= table.indexBits; length++) {
      int shift = REVERSED_BITS - length;
      int last = code + counts[length];
      for (; code < last; code++) entries[REVERSED[code << shift]] = sorted[place++];
      if (code > 0 && length < table.indexBits) {
        System.arraycopy(entries, 0, entries, 1 << length, 1 << length);
      }
      code <<= 1;
    }
  }

  private void fillSecond(InflateTable table, int longest) {
    int[] entries = table.entries;
    int indexBits = table.indexBits;
    int place = places[indexBits];
    int code = firstCode(indexBits + 1);
    int end = 1 << indexBits;
    int start = 0;
    int index = -1;
    for (int length = indexBits + 1; length <= longest; length++, code <<= 1) {
      for (int left = counts[length]; left > 0; left--, code++) {
        int reversed = reversed(code, length);
        if ((reversed & ((1 << indexBits) - 1)) != index) {
          index = reversed & ((1 << indexBits) - 1);
          int secondBits = secondBits(indexBits, length, left);
          start = end;
          end += 1 << secondBits;
          entries[index] = start << 16 | InflateTable.SECOND | secondBits << 8 | indexBits;
        }
        int entry = sorted[place++];
        for (int i = start + (reversed >>> indexBits); i < end; i += 1 << (length - indexBits)) {
          entries[i] = entry;
        }
      }
    }
  }

  // RFC 1951 §3.2.2, step 2.
  private int firstCode(int length) {
    int code = 0;
    for (int shorter = 1; shorter < length; shorter++) code = (code + counts[shorter]) << 1;
    return code;
  }

  // How many bits the index of a second table needs, so that all codes with the same first bits
  // find a place in it: until the ones of each length fill what those before leave.
  private int secondBits(int indexBits, int length, int left) {
    int bits = length - indexBits;
    int filled = left;
    while (filled < 1 << bits) {
      bits++;
      filled = (filled << 1) + counts[indexBits + bits];
    }
    return bits;
  }

  private static int reversed(int code, int bits) {
    return Integer.reverse(code) >>> (Integer.SIZE - bits);
  }
}
