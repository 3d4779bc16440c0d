package dev.priz.protocol.deflate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The two codes of a block, either fixed or read from its beginning (RFC 1951 §3.2.6 and §3.2.7).
 *
 * <pre>
 * COUNTS -> ORDER -> LENGTHS -> COMPLETE
 * </pre>
 */
final class InflateCodes {
  private static final int MAX_LITERALS = 286;
  private static final int MAX_DISTANCES = 30;
  private static final int END_OF_BLOCK = 256;
  private static final InflateTable FIXED_LITERALS = fixedLiterals();
  private static final InflateTable FIXED_DISTANCES = fixedDistances();

  private enum Stage {
    COUNTS,
    ORDER,
    LENGTHS,
    COMPLETE
  }

  private final InflateTableBuilder builder = new InflateTableBuilder();
  private final InflateTable ownLiterals = InflateTable.literals();
  private final InflateTable ownDistances = InflateTable.distances();
  private final InflateTable codeLengths = InflateTable.codeLengths();
  private final byte[] codeLengthLengths = new byte[DeflateSymbols.CODE_LENGTHS];
  // What has a code: its place among all in the higher bits, the length of its code in the lowest
  // four; and one more place, to write to before it is known whether it is needed.
  private final short[] codes = new short[MAX_LITERALS + MAX_DISTANCES + 1];
  private Stage stage = Stage.COMPLETE;
  private int literalCount;
  private int distanceCount;
  private int orderCount;
  private int read;
  private int used;
  private int lastLength;
  private @Nullable InflateFault fault;
  private InflateTable literals = FIXED_LITERALS;
  private InflateTable distances = FIXED_DISTANCES;

  /** The code of literals and lengths. */
  InflateTable literals() {
    return literals;
  }

  /** The code of distances. */
  InflateTable distances() {
    return distances;
  }

  /** Uses the fixed codes. */
  void useFixed() {
    literals = FIXED_LITERALS;
    distances = FIXED_DISTANCES;
  }

  /** Begins to read codes. */
  void begin() {
    stage = Stage.COUNTS;
    fault = null;
  }

  /** Why the codes cannot be used, or null; once they are read. */
  @Nullable InflateFault fault() {
    return fault;
  }

  /**
   * Reads on.
   *
   * @return false if more input is needed
   */
  boolean receive(InflateInput in) {
    if (stage == Stage.COUNTS && !receiveCounts(in)) return false;
    if (stage == Stage.ORDER && !receiveOrder(in)) return false;
    return stage != Stage.LENGTHS || receiveLengths(in);
  }

  private boolean receiveCounts(InflateInput in) {
    if (!in.has(14)) return false;
    literalCount = 257 + in.take(5);
    distanceCount = 1 + in.take(5);
    orderCount = 4 + in.take(4);
    if (literalCount > MAX_LITERALS || distanceCount > MAX_DISTANCES) {
      return fail(InflateFault.TOO_MANY_SYMBOLS);
    }
    Arrays.fill(codeLengthLengths, (byte) 0);
    read = 0;
    stage = Stage.ORDER;
    return true;
  }

  private boolean receiveOrder(InflateInput in) {
    for (; read < orderCount; read++) {
      if (!in.has(3)) return false;
      codeLengthLengths[DeflateSymbols.codeLengthSymbol(read)] = (byte) in.take(3);
    }
    int count = collect(codeLengthLengths, codes);
    if (!builder.build(codeLengths, codes, 0, count, 0, false)) {
      return fail(InflateFault.CODE_LENGTHS);
    }
    read = 0;
    used = 0;
    stage = Stage.LENGTHS;
    return true;
  }

  private boolean receiveLengths(InflateInput in) {
    int count = literalCount + distanceCount;
    int[] entries = codeLengths.entries;
    int mask = (1 << codeLengths.indexBits) - 1;
    while (read < count) {
      in.has(14);
      int entry = entries[(int) in.bits & mask];
      int bits = InflateTable.allBits(entry);
      if (bits > in.count) return false;
      if (InflateTable.repeats(entry)) {
        if (!repeat(entry, in.bits, count)) return fail(InflateFault.LENGTH_REPEAT);
      } else {
        lastLength = entry >>> 16;
        add(lastLength);
      }
      in.skip(bits);
    }
    return buildTables();
  }

  private boolean repeat(int entry, long bits, int count) {
    boolean zeros = (entry & InflateTable.ZEROS) != 0;
    if (!zeros && read == 0) return false;
    int times = InflateTable.value(entry, bits) & 0xFF;
    if (times > count - read) return false;
    if (zeros) lastLength = 0;
    if (lastLength == 0) {
      read += times;
    } else {
      for (; times > 0; times--) add(lastLength);
    }
    return true;
  }

  // Without a branch, because what has a code is hard to predict.
  private void add(int length) {
    codes[used] = (short) (read << 4 | length);
    used += (length + 15) >>> 4;
    read++;
  }

  private boolean buildTables() {
    int literalsUsed = used;
    while (literalsUsed > 0 && codes[literalsUsed - 1] >> 4 >= literalCount) literalsUsed--;
    int upToEnd = literalsUsed;
    while (upToEnd > 0 && codes[upToEnd - 1] >> 4 > END_OF_BLOCK) upToEnd--;
    if (upToEnd == 0 || codes[upToEnd - 1] >> 4 != END_OF_BLOCK) {
      return fail(InflateFault.NO_END_OF_BLOCK);
    }
    if (!builder.build(ownLiterals, codes, 0, literalsUsed, 0, true)) {
      return fail(InflateFault.LITERAL_CODES);
    }
    if (!builder.build(ownDistances, codes, literalsUsed, used, literalCount, true)) {
      return fail(InflateFault.DISTANCE_CODES);
    }
    literals = ownLiterals;
    distances = ownDistances;
    stage = Stage.COMPLETE;
    return true;
  }

  // Lists the symbols that have a code.
  private static int collect(byte[] lengths, short[] codes) {
    int count = 0;
    for (int i = 0; i < lengths.length; i++) {
      codes[count] = (short) (i << 4 | lengths[i]);
      count += (lengths[i] + 15) >>> 4;
    }
    return count;
  }

  private boolean fail(InflateFault found) {
    fault = found;
    stage = Stage.COMPLETE;
    return true;
  }

  private static InflateTable fixedLiterals() {
    byte[] lengths = new byte[InflateTable.LITERAL_SYMBOLS];
    Arrays.fill(lengths, 0, 144, (byte) 8);
    Arrays.fill(lengths, 144, 256, (byte) 9);
    Arrays.fill(lengths, 256, 280, (byte) 7);
    Arrays.fill(lengths, 280, 288, (byte) 8);
    return fixed(InflateTable.literals(), lengths);
  }

  private static InflateTable fixedDistances() {
    byte[] lengths = new byte[InflateTable.DISTANCE_SYMBOLS];
    Arrays.fill(lengths, (byte) 5);
    return fixed(InflateTable.distances(), lengths);
  }

  private static InflateTable fixed(InflateTable table, byte[] lengths) {
    short[] codes = new short[lengths.length];
    int count = collect(lengths, codes);
    boolean complete = new InflateTableBuilder().build(table, codes, 0, count, 0, false);
    assert complete : "fixed code";
    return table;
  }
}
