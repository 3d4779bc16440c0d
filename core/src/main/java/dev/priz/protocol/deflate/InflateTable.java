package dev.priz.protocol.deflate;

/**
 * A Huffman code for decoding (RFC 1951 §3.2.2): the next bits are the index of the entry of the
 * symbol that they begin with. A code longer than the index leads to a second table behind the
 * first.
 *
 * <p>An entry says all that is known of a symbol:
 *
 * <pre>
 * bit  31       literal: the byte is in bits 23 to 16
 * bits 30 to 16 the base of a length, distance or repetition; a code length itself
 * bit  28       repetition of the last code length, bit 29: of zeros
 * bit  15       none of these: a second table where bit 14 is set, the end of a block where bit 13 is,
 *               else no symbol at all
 * bits 11 to 8  bits in the code; of a second table: bits in its index
 * bits 5 to 0   bits to skip: the code and what extra bits follow it
 * </pre>
 *
 * <p>A second table begins at the index in bits 30 to 16 and is indexed by the bits behind the
 * first index; the code lengths in it are those of the whole code.
 */
final class InflateTable {
  static final int LITERAL = 1 << 31;
  static final int EXCEPTION = 1 << 15;
  static final int SECOND = EXCEPTION | 1 << 14;
  static final int END_OF_BLOCK = EXCEPTION | 1 << 13;
  static final int REPETITION = 1 << 28;
  static final int ZEROS = 1 << 29;
  static final int MAX_CODE_BITS = 15;
  static final int LITERAL_SYMBOLS = 288;
  static final int DISTANCE_SYMBOLS = 32;

  private static final int[] LITERALS = new int[LITERAL_SYMBOLS];
  private static final int[] DISTANCES = new int[DISTANCE_SYMBOLS];
  private static final int[] CODE_LENGTHS = new int[19];

  static {
    for (int i = 0; i < 256; i++) LITERALS[i] = LITERAL | i << 16;
    LITERALS[256] = END_OF_BLOCK;
    fillBases(LITERALS, 257, 28, 3, 2);
    // RFC 1951 §3.2.5: the longest length has a code without extra bits.
    LITERALS[285] = 258 << 16;
    LITERALS[286] = EXCEPTION;
    LITERALS[287] = EXCEPTION;
    fillBases(DISTANCES, 0, 30, 1, 1);
    DISTANCES[30] = EXCEPTION;
    DISTANCES[31] = EXCEPTION;
    for (int i = 0; i < 16; i++) CODE_LENGTHS[i] = i << 16;
    // RFC 1951 §3.2.7
    CODE_LENGTHS[16] = REPETITION | 3 << 16 | 2;
    CODE_LENGTHS[17] = ZEROS | 3 << 16 | 3;
    CODE_LENGTHS[18] = ZEROS | 11 << 16 | 7;
  }

  final int[] entries;
  final int[] symbols;
  final int maxIndexBits;
  int indexBits;

  // How many entries suffice for any complete code is what zlib's program "enough" finds.
  private InflateTable(int[] symbols, int maxIndexBits, int entries) {
    this.entries = new int[entries];
    this.symbols = symbols;
    this.maxIndexBits = maxIndexBits;
  }

  /** A table for literals and lengths. */
  static InflateTable literals() {
    return new InflateTable(LITERALS, 9, 852);
  }

  /** A table for distances. */
  static InflateTable distances() {
    return new InflateTable(DISTANCES, 8, 402);
  }

  /** A table for the lengths of the other two codes. */
  static InflateTable codeLengths() {
    return new InflateTable(CODE_LENGTHS, 7, 128);
  }

  /** The entry of the symbol that these bits begin with. */
  int entry(long bits) {
    int entry = entries[(int) bits & ((1 << indexBits) - 1)];
    return (entry & SECOND) == SECOND ? second(entries, entry, bits) : entry;
  }

  /** Follows an entry that leads to a second table. */
  static int second(int[] entries, int entry, long bits) {
    int index = (int) (bits >>> entry) & ((1 << (entry >>> 8)) - 1);
    return entries[(entry >>> 16) + index];
  }

  /** Whether an entry says to repeat a code length, and not a code length itself. */
  static boolean repeats(int entry) {
    return entry >= REPETITION;
  }

  /** How many bits the code of an entry has. */
  static int codeBits(int entry) {
    return entry >>> 8 & 15;
  }

  /** How many bits an entry uses in all. */
  static int allBits(int entry) {
    return entry & 63;
  }

  /** The length or distance that an entry and the bits which it was found with stand for. */
  static int value(int entry, long bits) {
    // Java shifts an int by the lowest five bits of the count, which leaves nothing else of it.
    return (entry >>> 16) + (((int) bits & ((1 << entry) - 1)) >>> (entry >>> 8));
  }

  // RFC 1951 §3.2.5: after the first few, each group of codes has one extra bit more than the last.
  private static void fillBases(int[] entries, int from, int codes, int base, int groupBits) {
    int value = base;
    for (int code = 0; code < codes; code++) {
      int extraBits = Math.max(0, (code >> groupBits) - 1);
      entries[from + code] = value << 16 | extraBits;
      value += 1 << extraBits;
    }
  }
}
