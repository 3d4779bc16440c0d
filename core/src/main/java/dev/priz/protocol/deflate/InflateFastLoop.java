package dev.priz.protocol.deflate;

import java.lang.invoke.VarHandle;

/**
 * Decodes symbols as long as neither input nor space can end within a few of them, so that it need
 * not look. Whatever is out of the ordinary it leaves where it is, for {@link InflateWorkspace} to
 * find again: the end of a block, a symbol or distance that does not exist.
 */
final class InflateFastLoop {
  /** The most that one turn puts out: two literals and a match. */
  static final int MAX_TURN_BYTES = 2 + 258;

  // The bits are filled up twice in a turn, each time with eight bytes of which seven may be used.
  private static final int INPUT_BYTES = 7 + Long.BYTES;

  // A match is copied by eight bytes, and 32 at least: how many more there are is hard to predict.
  static final int SPACE_BYTES = MAX_TURN_BYTES + 4 * Long.BYTES;

  // A length and a distance: codes of 15 bits each, with 5 and 13 extra bits.
  private static final int MATCH_BITS = 48;

  // Two literals from the first table, which are shorter, and a match.
  private static final int MAX_TURN_BITS = 2 * 9 + MATCH_BITS;

  private static final VarHandle LONGS = InflateInput.LONGS;

  private InflateFastLoop() {}

  /**
   * Goes on.
   *
   * @param outStop where no turn begins any more
   */
  // Longer than other methods because it lives on what it keeps in registers.
  static void run(InflateInput input, InflateOutput output, InflateCodes codes, int outStop) {
    // Behind the last bytes of a message there is something that can be read, though not used.
    boolean slack = input.nearsEnd(INPUT_BYTES);
    byte[] in = input.bytes;
    byte[] out = output.bytes;
    int[] literals = codes.literals().entries;
    int[] distances = codes.distances().entries;
    int literalMask = (1 << codes.literals().indexBits) - 1;
    int distanceMask = (1 << codes.distances().indexBits) - 1;
    int end = input.end;
    int lastAt = slack ? end : end - INPUT_BYTES;
    int lastTo = Math.min(output.end - SPACE_BYTES, outStop - 1);
    int start = output.start;
    int earlier = output.earlier();
    int maxDistance = output.maxDistance();
    int at = input.at;
    int to = output.at;
    long bits = input.bits;
    int count = input.count;
    while (at <= lastAt && to <= lastTo && (end - at) * Byte.SIZE + count >= MAX_TURN_BITS) {
      bits |= (long) LONGS.get(in, at) << count;
      at += (63 - count) >>> 3;
      count |= 56;
      int entry = literals[(int) bits & literalMask];
      if (entry < 0) {
        out[to++] = (byte) (entry >> 16);
        bits >>>= entry;
        count -= entry & 63;
        entry = literals[(int) bits & literalMask];
        if (entry < 0) {
          out[to++] = (byte) (entry >> 16);
          bits >>>= entry;
          count -= entry & 63;
          entry = literals[(int) bits & literalMask];
        }
        if (count < MATCH_BITS) {
          bits |= (long) LONGS.get(in, at) << count;
          at += (63 - count) >>> 3;
          count |= 56;
        }
      }
      if ((entry & InflateTable.SECOND) == InflateTable.SECOND) {
        entry = InflateTable.second(literals, entry, bits);
      }
      if (entry < 0) {
        out[to++] = (byte) (entry >> 16);
        bits >>>= entry;
        count -= entry & 63;
        continue;
      }
      if ((entry & InflateTable.EXCEPTION) != 0) break;
      int length = InflateTable.value(entry, bits);
      long rest = bits >>> entry;
      int distanceEntry = distances[(int) rest & distanceMask];
      if ((distanceEntry & InflateTable.EXCEPTION) != 0) {
        if ((distanceEntry & InflateTable.SECOND) != InflateTable.SECOND) break;
        distanceEntry = InflateTable.second(distances, distanceEntry, rest);
        if ((distanceEntry & InflateTable.EXCEPTION) != 0) break;
      }
      int distance = InflateTable.value(distanceEntry, rest);
      int from = to - distance;
      if (distance > maxDistance || start - from > earlier) break;
      bits = rest >>> distanceEntry;
      count -= (entry & 63) + (distanceEntry & 63);
      if (from < start || distance < Long.BYTES) {
        output.repeatAt(to, distance, length);
      } else {
        LONGS.set(out, to, (long) LONGS.get(out, from));
        LONGS.set(out, to + 8, (long) LONGS.get(out, from + 8));
        LONGS.set(out, to + 16, (long) LONGS.get(out, from + 16));
        LONGS.set(out, to + 24, (long) LONGS.get(out, from + 24));
        for (int done = 32; done < length; done += Long.BYTES) {
          LONGS.set(out, to + done, (long) LONGS.get(out, from + done));
        }
      }
      to += length;
    }
    if (at > end) {
      // Not all that was read is there.
      count -= (at - end) * Byte.SIZE;
      bits &= (1L << count) - 1;
      at = end;
    }
    input.at = at;
    input.bits = bits;
    input.count = count;
    output.at = to;
  }
}
