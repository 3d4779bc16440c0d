package dev.priz.protocol.deflate;

/**
 * Writes blocks, each in the shortest of three forms: stored, with the fixed codes, or with codes
 * of its own.
 *
 * <p>Stored blocks wait, so that neighbours become one. Where a block has neighbours, another form
 * has to save as much as it costs to interrupt stored bytes, so that no sequence of blocks gets
 * longer than it would be if all of it were stored.
 */
final class BlockWriter {
  // Four literals fit beside the bits that wait, which is worth more than the rare longer code.
  private static final int MAX_CODE_LENGTH = 14;
  private static final int MAX_DISTANCE_CODE_LENGTH = 15;
  private static final int FIXED = 1 << 1;
  private static final int DYNAMIC = 2 << 1;
  private static final int TYPE_BITS = 3;
  private static final int ASCII_SYMBOLS = 128;
  private static final int SURE_GAIN_BYTES = 192;

  private final HuffmanCode literalCode =
      new HuffmanCode(DeflateSymbols.LITERALS_AND_LENGTHS, MAX_CODE_LENGTH);
  private final HuffmanCode distanceCode =
      new HuffmanCode(DeflateSymbols.DISTANCES, MAX_DISTANCE_CODE_LENGTH);
  private final DynamicHeader header = new DynamicHeader();
  private final int[] codes = new int[Sequences.SYMBOLS];
  private final BitWriter bits;
  private int storedFrom;
  private int storedTo;

  BlockWriter(BitWriter bits) {
    this.bits = bits;
  }

  /**
   * Writes a block, or keeps it for later when it is to be stored.
   *
   * @param raw borrowed until {@link #flushStored}, the same for all blocks up to then
   * @param alone whether no other block stands beside this one
   */
  void add(Sequences sequences, byte[] raw, int from, int to, boolean alone, DeflateOutput output) {
    int extraBits = sequences.extraBits();
    long fixedBits = TYPE_BITS + FixedCode.bits(sequences) + extraBits;
    countSymbols(sequences);
    long dynamicBits = Long.MAX_VALUE;
    if (mayGainFromOwnCodes(sequences, to - from, fixedBits, extraBits)) {
      dynamicBits = planCodes() + extraBits;
    }
    long codedBits = Math.min(fixedBits, dynamicBits);
    if (!isShorterThanStored(codedBits, to - from, alone)) {
      if (storedFrom == storedTo) storedFrom = from;
      storedTo = to;
      return;
    }
    flushStored(raw, output);
    output.reserve((int) (codedBits >>> 3) + 2 * BitWriter.SLACK_BYTES);
    int[] chosen = FixedCode.CODES;
    if (dynamicBits < fixedBits) {
      bits.add(output, DYNAMIC, TYPE_BITS);
      header.write(bits, output);
      literalCode.copyTo(codes, 0);
      distanceCode.copyTo(codes, Sequences.FIRST_DISTANCE);
      chosen = codes;
    } else {
      bits.add(output, FIXED, TYPE_BITS);
    }
    SequenceWriter.write(sequences, chosen, bits, output);
  }

  /** Writes what waits to be stored. */
  void flushStored(byte[] raw, DeflateOutput output) {
    bits.addStored(output, raw, storedFrom, storedTo);
    storedFrom = 0;
    storedTo = 0;
  }

  private void countSymbols(Sequences sequences) {
    int[] counts = sequences.literalCounts;
    CountedSymbols literals = literalCode.symbols();
    CountedSymbols distances = distanceCode.symbols();
    literals.clear();
    distances.clear();
    // To look for what cannot be there would take a tiny message much of its time.
    literals.add(counts, 0, ASCII_SYMBOLS);
    if (sequences.hasMoreThanAscii()) {
      literals.add(counts, ASCII_SYMBOLS, DeflateSymbols.END_OF_BLOCK);
    }
    boolean hasMatches = sequences.matches() > 0;
    int end = hasMatches ? counts.length : DeflateSymbols.END_OF_BLOCK + 1;
    literals.add(counts, DeflateSymbols.END_OF_BLOCK, end);
    if (hasMatches) distances.add(sequences.distanceCounts, 0, DeflateSymbols.DISTANCES);
  }

  private boolean mayGainFromOwnCodes(
      Sequences sequences, int rawBytes, long fixedBits, int extraBits) {
    // With the end of the block, there is at most one symbol more than there are bytes.
    if (rawBytes >= DynamicBound.MAX_SYMBOLS) return true;
    if (rawBytes >= SURE_GAIN_BYTES && sequences.matches() > 0) return true;
    long most = Math.min(fixedBits, ((long) rawBytes + BitWriter.STORED_HEADER_BYTES) << 3);
    return DynamicBound.bits(literalCode.symbols(), distanceCode.symbols()) + extraBits < most;
  }

  private long planCodes() {
    literalCode.build();
    distanceCode.build();
    header.plan(literalCode, distanceCode);
    return TYPE_BITS + header.bits() + literalCode.bits() + distanceCode.bits();
  }

  private boolean isShorterThanStored(long codedBits, int rawBytes, boolean alone) {
    if (!alone) return codedBits <= (long) (rawBytes - BitWriter.STORED_HEADER_BYTES - 1) << 3;
    int padding = -(bits.waitingCount + TYPE_BITS) & 7;
    return codedBits < TYPE_BITS + padding + 32 + ((long) rawBytes << 3);
  }
}
