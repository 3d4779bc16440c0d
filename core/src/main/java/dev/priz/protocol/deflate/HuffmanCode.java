package dev.priz.protocol.deflate;

import java.util.Arrays;

/**
 * A prefix code (RFC 1951 §3.2.2) made for counted symbols, and the memory it is made in.
 *
 * <p>The symbols are sorted by how often they come; then the tree of Huffman is built over them in
 * place, as Moffat and Katajainen do it: of the inner nodes, each is kept only until it has a
 * parent, then its place holds that parent's index. Depths follow from the root down. Where a code
 * would get longer than allowed, a shallower leaf is moved down to make room, which keeps the code
 * complete and costs almost nothing.
 */
final class HuffmanCode {
  private static final int SYMBOL_BITS = 9;
  private static final int SYMBOL_MASK = (1 << SYMBOL_BITS) - 1;
  private static final int DIGIT_BITS = 7;
  private static final int DIGITS = 1 << DIGIT_BITS;
  private static final int SHORT_SORT = 12;

  /** For each symbol, its code with the first bit lowest, << 4, and the length of the code. */
  final int[] codes;

  private final int maxLength;
  private final int[] lengthCounts;
  private final int[] nextCodes;
  private int[] sorted;
  private int[] spare;
  private final int[] nodes;
  private final int[] inOrder;
  private final int[] digitEnds = new int[DIGITS];
  private int used;
  private long bits;

  HuffmanCode(int symbols, int maxLength) {
    this.maxLength = maxLength;
    codes = new int[symbols];
    lengthCounts = new int[maxLength + 2];
    nextCodes = new int[maxLength + 2];
    // One more, as an unused symbol is written before it is left out.
    sorted = new int[symbols + 1];
    spare = new int[symbols + 1];
    inOrder = new int[symbols + 1];
    nodes = new int[symbols];
  }

  /** How many bits all the counted symbols take in this code, without extra bits. */
  long bits() {
    return bits;
  }

  /** How many symbols have a code. */
  int used() {
    return used;
  }

  /** Lends the symbols that have a code, in order. */
  int[] inOrder() {
    return inOrder;
  }

  /** How many symbols there are up to the last one that has a code. */
  int end() {
    return used == 0 ? 0 : inOrder[used - 1] + 1;
  }

  /** The length of a symbol's code, 0 if it has none. */
  int length(int symbol) {
    return codes[symbol] & 0xF;
  }

  /**
   * Makes the code.
   *
   * @param counts borrowed: how often each symbol comes, less than 2^22
   */
  void build(int[] counts) {
    sortUsed(counts);
    Arrays.fill(lengthCounts, 0);
    if (used < 2) {
      // A code of one bit, of which the other half stays unused.
      lengthCounts[1] = used;
    } else {
      joinNodes();
      countLengths();
    }
    assignLengths();
    assignCodes();
  }

  private void sortUsed(int[] counts) {
    int next = 0;
    int highest = 0;
    int[] keys = sorted;
    for (int symbol = 0; symbol < codes.length; symbol++) {
      // Without a branch, of which no processor could know the way.
      int count = counts[symbol];
      keys[next] = count << SYMBOL_BITS | symbol;
      inOrder[next] = symbol;
      next += -count >>> 31;
      highest |= count;
    }
    used = next;
    if (used <= SHORT_SORT) {
      sortShort(keys, used);
      return;
    }
    int shift = SYMBOL_BITS;
    for (; highest != 0; highest >>>= DIGIT_BITS, shift += DIGIT_BITS) {
      sortDigit(shift, Math.min(highest, DIGITS - 1));
    }
  }

  private static void sortShort(int[] keys, int used) {
    for (int i = 1; i < used; i++) {
      int key = keys[i];
      int at = i;
      for (; at > 0 && keys[at - 1] > key; at--) keys[at] = keys[at - 1];
      keys[at] = key;
    }
  }

  private void sortDigit(int shift, int highestDigit) {
    int[] from = sorted;
    int[] to = spare;
    int[] ends = digitEnds;
    Arrays.fill(ends, 0, highestDigit + 1, 0);
    for (int i = 0; i < used; i++) ends[from[i] >>> shift & DIGITS - 1]++;
    for (int digit = 0, end = 0; digit <= highestDigit; digit++) ends[digit] = end += ends[digit];
    for (int i = used - 1; i >= 0; i--) to[--ends[from[i] >>> shift & DIGITS - 1]] = from[i];
    sorted = to;
    spare = from;
  }

  private void joinNodes() {
    int[] leaves = sorted;
    int[] joined = nodes;
    int leaf = 0;
    int orphan = 0;
    for (int node = 0; node < used - 1; node++) {
      int weight = 0;
      for (int child = 0; child < 2; child++) {
        if (leaf < used && (orphan == node || leaves[leaf] >>> SYMBOL_BITS <= joined[orphan])) {
          weight += leaves[leaf++] >>> SYMBOL_BITS;
        } else {
          weight += joined[orphan];
          joined[orphan++] = node;
        }
      }
      joined[node] = weight;
    }
  }

  private void countLengths() {
    int[] depths = nodes;
    int[] counts = lengthCounts;
    int root = used - 2;
    depths[root] = 0;
    counts[1] = 2;
    for (int node = root - 1; node >= 0; node--) {
      int depth = depths[depths[node]] + 1;
      depths[node] = depth;
      // This node takes a leaf's place and has two leaves below it.
      if (depth >= maxLength) {
        depth = maxLength - 1;
        while (counts[depth] == 0) depth--;
      }
      counts[depth]--;
      counts[depth + 1] += 2;
    }
  }

  private void assignLengths() {
    Arrays.fill(codes, 0);
    long total = 0;
    int next = 0;
    for (int length = maxLength; length > 0; length--) {
      for (int count = lengthCounts[length]; count > 0; count--) {
        int key = sorted[next++];
        codes[key & SYMBOL_MASK] = length;
        total += (long) (key >>> SYMBOL_BITS) * length;
      }
    }
    bits = total;
  }

  private void assignCodes() {
    int code = 0;
    for (int length = 1; length <= maxLength; length++) {
      code = (code + lengthCounts[length - 1]) << 1;
      nextCodes[length] = code;
    }
    for (int i = 0; i < used; i++) {
      int symbol = inOrder[i];
      int length = codes[symbol];
      codes[symbol] = packed(nextCodes[length]++, length);
    }
  }

  /** A code as {@link #codes} holds it. */
  static int packed(int code, int length) {
    // RFC 1951 §3.1.1: "Huffman codes are packed starting with the most-significant bit"
    return Integer.reverse(code) >>> (32 - length) << 4 | length;
  }
}
