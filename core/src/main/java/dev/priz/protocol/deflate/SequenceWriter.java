package dev.priz.protocol.deflate;

/** Writes literals and matches in given codes. */
final class SequenceWriter {
  private SequenceWriter() {}

  /**
   * Writes the body of a block, for which there is room, and its end.
   *
   * @param raw borrowed: what the items say, from this index on
   */
  // One long method, as all of its state has to stay in registers.
  static void write(
      Sequences sequences,
      byte[] raw,
      int from,
      int[] literals,
      int[] distances,
      BitWriter writer,
      DeflateOutput output) {
    byte[] out = output.bytes();
    int outAt = output.length();
    long bits = writer.waiting;
    int count = writer.waitingCount;
    int at = from;
    int[] items = sequences.items();
    for (int i = 0, end = sequences.count(); i < end; i++) {
      int item = items[i];
      int runEnd = at + Sequences.run(item);
      while (at < runEnd - 3) {
        // At most 7 bits wait, and no literal takes more than 14.
        int first = literals[raw[at] & 0xFF];
        int second = literals[raw[at + 1] & 0xFF];
        int third = literals[raw[at + 2] & 0xFF];
        int fourth = literals[raw[at + 3] & 0xFF];
        bits |= (long) (first >>> 4) << count;
        count += first & 0xF;
        bits |= (long) (second >>> 4) << count;
        count += second & 0xF;
        bits |= (long) (third >>> 4) << count;
        count += third & 0xF;
        bits |= (long) (fourth >>> 4) << count;
        count += fourth & 0xF;
        at += 4;
        BitWriter.LONGS.set(out, outAt, bits);
        outAt += count >>> 3;
        bits >>>= count & ~7;
        count &= 7;
      }
      if (at < runEnd) {
        do {
          int literal = literals[raw[at++] & 0xFF];
          bits |= (long) (literal >>> 4) << count;
          count += literal & 0xF;
        } while (at < runEnd);
        BitWriter.LONGS.set(out, outAt, bits);
        outAt += count >>> 3;
        bits >>>= count & ~7;
        count &= 7;
      }
      int distance = Sequences.distance(item);
      if (distance != 0) {
        // 7 that wait + 14 + 5 + 15 + 13 bits at most.
        int lengthLess3 = Sequences.lengthLess3(item);
        int length = DeflateSymbols.length(lengthLess3);
        int code = literals[DeflateSymbols.lengthSymbol(length)];
        bits |= (long) (code >>> 4) << count;
        count += code & 0xF;
        bits |= (long) DeflateSymbols.lengthExtra(length) << count;
        count += DeflateSymbols.lengthExtraCount(length);
        int extraCount = DeflateSymbols.distanceExtraCount(distance - 1);
        code = distances[DeflateSymbols.distanceSymbol(distance - 1, extraCount)];
        bits |= (long) (code >>> 4) << count;
        count += code & 0xF;
        bits |= (long) (distance - 1 & (1 << extraCount) - 1) << count;
        count += extraCount;
        at += lengthLess3 + DeflateSymbols.MIN_LENGTH;
        BitWriter.LONGS.set(out, outAt, bits);
        outAt += count >>> 3;
        bits >>>= count & ~7;
        count &= 7;
      }
    }
    writer.continueFrom(bits, count);
    output.moveTo(outAt);
    int endOfBlock = literals[DeflateSymbols.END_OF_BLOCK];
    writer.add(output, endOfBlock >>> 4, endOfBlock & 0xF);
  }
}
