package dev.priz.protocol.deflate;

/**
 * Takes the first match it sees, at the one place that the table remembers for the next four bytes.
 *
 * <p>What is slow here is not the work but the branches that no processor can foresee, so there are
 * few: of the bytes inside a match, always the same ones are remembered.
 */
final class GreedyFinder implements MatchFinder {
  private final int hurryShift;

  /**
   * @param hurryShift after 2^{@code hurryShift} literals every second place is looked at, after
   *     twice as many every third, and so on
   */
  GreedyFinder(int hurryShift) {
    this.hurryShift = hurryShift;
  }

  @Override
  public void find(
      MatchTable table, byte[] data, int lowest, int from, int to, int window, Sequences out) {
    char[] places = table.places();
    int mask = places.length - 1;
    int shift = table.hashShift();
    int offset = table.offset();
    int[] counts = out.literalCounts;
    int literalsFrom = from;
    int at = from;
    int last = to - Long.BYTES;
    while (at <= last) {
      long eight = (long) LONGS.get(data, at);
      int slot = MatchTable.hash((int) eight, shift) & mask;
      int place = at + offset;
      int distance = place - places[slot] & 0xFFFF;
      places[slot] = (char) place;
      int reach = Math.min(at - lowest, window);
      long difference = 1;
      if (Integer.compareUnsigned(distance - 1, reach) < 0) {
        difference = eight ^ (long) LONGS.get(data, at - distance);
      }
      if ((int) difference != 0) {
        counts[(int) eight & 0xFF]++;
        at++;
        int skipped = (at - literalsFrom) >>> hurryShift;
        if (skipped > 0) at = out.countLiterals(data, at, Math.min(at + skipped, to));
        continue;
      }
      int length = Long.numberOfTrailingZeros(difference) >>> 3;
      // The next eight bytes, or the last ones, are compared in any case: that costs less than
      // a branch.
      int more = Math.min(at + Long.BYTES, last);
      long moreDifference = (long) LONGS.get(data, more) ^ (long) LONGS.get(data, more - distance);
      int isShort = (length - Long.BYTES) >> 31;
      int longer = more - at + (Long.numberOfTrailingZeros(moreDifference) >>> 3);
      length = (length & isShort) | (longer & ~isShort);
      if (length == 2 * Long.BYTES) {
        int limit = Math.min(to, at + DeflateSymbols.MAX_LENGTH);
        length = MatchFinder.matchLength(data, at - distance, at, length, limit);
      }
      out.add(at - literalsFrom, length, distance);
      places[MatchTable.hash((int) (eight >>> 8), shift) & mask] = (char) (place + 1);
      places[MatchTable.hash((int) (eight >>> 16), shift) & mask] = (char) (place + 2);
      places[MatchTable.hash((int) (eight >>> 24), shift) & mask] = (char) (place + 3);
      at += length;
      literalsFrom = at;
    }
    out.countLiterals(data, at, to);
    out.addLiterals(to - literalsFrom);
  }
}
