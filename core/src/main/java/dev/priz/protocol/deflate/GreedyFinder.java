package dev.priz.protocol.deflate;

/**
 * Takes the first match it sees, at the one place that the table remembers for the next four bytes,
 * or five in a long message.
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
    int keyShift = table.keyShift();
    int offset = table.offset();
    int literalsFrom = from;
    int at = from;
    int last = to - Long.BYTES;
    if (at == lowest && at <= last) {
      // Nothing stands before it, which the loop needs not ask then.
      long eight = (long) LONGS.get(data, at);
      places[MatchTable.hash(eight << keyShift, shift) & mask] = (char) (at + offset);
      out.addLiteral((int) eight & 0xFF);
      at++;
    }
    while (at <= last) {
      long eight = (long) LONGS.get(data, at);
      int slot = MatchTable.hash(eight << keyShift, shift) & mask;
      int place = at + offset;
      int earlier = at - 1 - (place - 1 - places[slot] & 0xFFFF);
      places[slot] = (char) place;
      // What is out of reach becomes the last byte within, which may be a match as well.
      earlier = Math.max(earlier, Math.max(at - window, lowest));
      long difference = eight ^ (long) LONGS.get(data, earlier);
      if (difference << keyShift != 0) {
        out.addLiteral((int) eight & 0xFF);
        at++;
        int skipped = (at - literalsFrom) >>> hurryShift;
        if (skipped > 0) at = out.addLiterals(data, at, Math.min(at + skipped, to));
        continue;
      }
      int length = Long.numberOfTrailingZeros(difference) >>> 3;
      int distance = at - earlier;
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
      out.addMatch(length, distance);
      places[MatchTable.hash(eight >>> 8 << keyShift, shift) & mask] = (char) (place + 1);
      places[MatchTable.hash(eight >>> 16 << keyShift, shift) & mask] = (char) (place + 2);
      places[MatchTable.hash(eight >>> 24 << keyShift, shift) & mask] = (char) (place + 3);
      at += length;
      literalsFrom = at;
    }
    out.addLiterals(data, at, to);
  }
}
