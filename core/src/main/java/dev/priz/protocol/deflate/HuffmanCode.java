package dev.priz.protocol.deflate;

import java.util.Arrays;

/**
 * A prefix code (RFC 1951 §3.2.2) made for counted symbols, and the memory it is made in.
 *
 * <p>The tree of Huffman is built over the symbols sorted by how often they come, with hardly a
 * branch: of the two rarest leaves and the two lightest nodes without a parent, the two that weigh
 * least are always joined, and who their parent is, is also written down for those that must wait,
 * as it is written again later. Where a code would get longer than allowed, a shallower leaf is
 * moved down to make room, which keeps the code complete and costs almost nothing.
 */
final class HuffmanCode {
  private static final int HEAVY = 1 << 28;

  /** For each symbol, its code with the first bit lowest, << 4, and the length of the code. */
  final int[] codes;

  private final CountedSymbols symbols;
  private final int maxLength;
  private final int[] lengthCounts;
  private final int[] nextCodes;
  private final int[] weights;
  private final int[] parents;
  private final int[] leafParents;
  private final int[] depths;
  private long bits;

  HuffmanCode(int symbols, int maxLength) {
    this.maxLength = maxLength;
    this.symbols = new CountedSymbols(symbols);
    codes = new int[symbols];
    lengthCounts = new int[maxLength + 2];
    nextCodes = new int[maxLength + 2];
    weights = new int[symbols + 2];
    parents = new int[symbols + 2];
    leafParents = new int[symbols + 2];
    depths = new int[symbols];
  }

  /** How many bits all the counted symbols take in this code, without extra bits. */
  long bits() {
    return bits;
  }

  /** Lends the symbols to make a code for. */
  CountedSymbols symbols() {
    return symbols;
  }

  /** How many symbols there are up to the last one that has a code. */
  int end() {
    return symbols.end();
  }

  /** The length of a symbol's code, 0 if it has none. */
  int length(int symbol) {
    return codes[symbol] & 0xF;
  }

  /** Copies the codes. */
  void copyTo(int[] target, int at) {
    System.arraycopy(codes, 0, target, at, codes.length);
  }

  /**
   * Makes the code.
   *
   * @param counts borrowed: how often each symbol comes, all together less than 2^22 - 1
   */
  void build(int[] counts) {
    symbols.clear();
    symbols.add(counts, 0, codes.length);
    build();
  }

  /** Makes the code for what {@link #symbols()} are. */
  void build() {
    Arrays.fill(codes, 0);
    Arrays.fill(lengthCounts, 0);
    bits = 0;
    int used = symbols.used();
    if (used == 0) return;
    int[] leaves = symbols.sorted();
    if (used == 1) {
      // A code of one bit, of which the other half stays unused.
      lengthCounts[1] = 1;
      assignCountedLengths(leaves);
    } else {
      joinNodes(leaves, used - 1);
      findDepths(used - 1);
      // The first node is the deepest one, and has leaves below it.
      if (depths[0] < maxLength) {
        assignLengths(leaves, used);
      } else {
        limitLengths(used - 1);
        assignCountedLengths(leaves);
      }
    }
    assignCodes(used);
  }

  private void joinNodes(int[] leaves, int nodes) {
    int[] joined = weights;
    joined[0] = HEAVY;
    int leaf = 0;
    int orphan = 0;
    for (int node = 0; node < nodes; node++) {
      joined[node + 1] = HEAVY;
      int leaf0 = CountedSymbols.count(leaves[leaf]);
      int leaf1 = CountedSymbols.count(leaves[leaf + 1]);
      int node0 = joined[orphan];
      int node1 = joined[orphan + 1];
      leafParents[leaf] = node;
      leafParents[leaf + 1] = node;
      parents[orphan] = node;
      parents[orphan + 1] = node;
      joined[node] = Math.min(leaf0 + Math.min(leaf1, node0), node0 + node1);
      int bothLeaves = (leaf1 - node0 - 1) >>> 31;
      int bothNodes = (node1 - leaf0) >>> 31;
      leaf += 1 + bothLeaves - bothNodes;
      orphan += 1 - bothLeaves + bothNodes;
    }
  }

  private void findDepths(int nodes) {
    int[] found = depths;
    found[nodes - 1] = 0;
    for (int node = nodes - 2; node >= 0; node--) found[node] = found[parents[node]] + 1;
  }

  private void assignLengths(int[] leaves, int used) {
    long total = 0;
    for (int i = 0; i < used; i++) {
      int leaf = leaves[i];
      int length = depths[leafParents[i]] + 1;
      lengthCounts[length]++;
      codes[CountedSymbols.symbol(leaf)] = length;
      total += (long) CountedSymbols.count(leaf) * length;
    }
    bits = total;
  }

  private void limitLengths(int nodes) {
    int[] counts = lengthCounts;
    counts[1] = 2;
    for (int node = nodes - 2; node >= 0; node--) {
      int depth = depths[node];
      // This node takes a leaf's place and has two leaves below it.
      if (depth >= maxLength) {
        depth = maxLength - 1;
        while (counts[depth] == 0) depth--;
      }
      counts[depth]--;
      counts[depth + 1] += 2;
    }
  }

  private void assignCountedLengths(int[] leaves) {
    int next = 0;
    for (int length = maxLength; length > 0; length--) {
      for (int count = lengthCounts[length]; count > 0; count--) {
        int leaf = leaves[next++];
        codes[CountedSymbols.symbol(leaf)] = length;
        bits += (long) CountedSymbols.count(leaf) * length;
      }
    }
  }

  private void assignCodes(int used) {
    int code = 0;
    for (int length = 1; length <= maxLength; length++) {
      code = (code + lengthCounts[length - 1]) << 1;
      nextCodes[length] = code;
    }
    int[] entries = symbols.inOrder();
    for (int i = 0; i < used; i++) {
      int symbol = CountedSymbols.symbol(entries[i]);
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
