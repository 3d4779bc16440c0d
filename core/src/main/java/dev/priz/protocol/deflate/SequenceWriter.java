package dev.priz.protocol.deflate;

/** Writes items in given codes. */
final class SequenceWriter {
  private SequenceWriter() {}

  /**
   * Writes the body of a block, for which there is room.
   *
   * @param codes of the symbols of items, as {@link HuffmanCode#codes} has them
   */
  static void write(Sequences sequences, int[] codes, BitWriter writer, DeflateOutput output) {
    byte[] out = output.bytes();
    int outAt = output.length();
    long bits = writer.waiting;
    int count = writer.waitingCount;
    int[] items = sequences.items();
    int end = sequences.count();
    for (int i = 0; i < end - 1; i += 2) {
      // Two take 7 that wait + 14 + 5 + 15 + 13 bits at most, as one of them is no distance.
      int first = items[i];
      int code = codes[Sequences.symbol(first)];
      int length = code & 0xF;
      long pair = code >>> 4 | (long) Sequences.extra(first) << length;
      length += Sequences.extraCount(first);
      int second = items[i + 1];
      code = codes[Sequences.symbol(second)];
      pair |= (code >>> 4 | (long) Sequences.extra(second) << (code & 0xF)) << length;
      length += (code & 0xF) + Sequences.extraCount(second);
      bits |= pair << count;
      count += length;
      BitWriter.LONGS.set(out, outAt, bits);
      outAt += count >>> 3;
      bits >>>= count & ~7;
      count &= 7;
    }
    writer.continueFrom(bits, count);
    output.moveTo(outAt);
    if ((end & 1) != 0) {
      // The end of the block, which has no extra bits.
      int code = codes[DeflateSymbols.END_OF_BLOCK];
      writer.add(output, code >>> 4, code & 0xF);
    }
  }
}
