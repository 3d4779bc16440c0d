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
  private static final int SURE_GAIN_BYTES = 192;

  private final HuffmanCode literalCode =
      new HuffmanCode(DeflateSymbols.LITERALS_AND_LENGTHS, MAX_CODE_LENGTH);
  private final HuffmanCode distanceCode =
      new HuffmanCode(DeflateSymbols.DISTANCES, MAX_DISTANCE_CODE_LENGTH);
  private final DynamicHeader header = new DynamicHeader();
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
    long fixedBits = TYPE_BITS + FixedCode.bits(sequences) + sequences.extraBits();
    long dynamicBits = Long.MAX_VALUE;
    if (mayGainFromOwnCodes(sequences, to - from, fixedBits)) dynamicBits = planCodes(sequences);
    long codedBits = Math.min(fixedBits, dynamicBits);
    if (!isShorterThanStored(codedBits, to - from, alone)) {
      if (storedFrom == storedTo) storedFrom = from;
      storedTo = to;
      return;
    }
    flushStored(raw, output);
    output.reserve((int) (codedBits >>> 3) + 2 * BitWriter.SLACK_BYTES);
    int[] literals = FixedCode.LITERALS;
    int[] distances = FixedCode.DISTANCES;
    if (dynamicBits < fixedBits) {
      bits.add(output, DYNAMIC, TYPE_BITS);
      header.write(bits, output);
      literals = literalCode.codes;
      distances = distanceCode.codes;
    } else {
      bits.add(output, FIXED, TYPE_BITS);
    }
    SequenceWriter.write(sequences, raw, from, literals, distances, bits, output);
  }

  /** Writes what waits to be stored. */
  void flushStored(byte[] raw, DeflateOutput output) {
    bits.addStored(output, raw, storedFrom, storedTo);
    storedFrom = 0;
    storedTo = 0;
  }

  private static boolean mayGainFromOwnCodes(Sequences sequences, int rawBytes, long fixedBits) {
    // With the end of the block, there is at most one symbol more than there are bytes.
    if (rawBytes >= DynamicBound.MAX_SYMBOLS) return true;
    if (rawBytes >= SURE_GAIN_BYTES && sequences.count() > rawBytes / Sequences.MAX_RUN + 1)
      return true;
    long most = Math.min(fixedBits, ((long) rawBytes + BitWriter.STORED_HEADER_BYTES) << 3);
    return DynamicBound.bits(sequences) < most;
  }

  private long planCodes(Sequences sequences) {
    literalCode.build(sequences.literalCounts);
    distanceCode.build(sequences.distanceCounts);
    header.plan(literalCode, distanceCode);
    return TYPE_BITS
        + header.bits()
        + literalCode.bits()
        + distanceCode.bits()
        + sequences.extraBits();
  }

  private boolean isShorterThanStored(long codedBits, int rawBytes, boolean alone) {
    if (!alone) return codedBits <= (long) (rawBytes - BitWriter.STORED_HEADER_BYTES - 1) << 3;
    int padding = -(bits.waitingCount + TYPE_BITS) & 7;
    return codedBits < TYPE_BITS + padding + 32 + ((long) rawBytes << 3);
  }
}
