package dev.priz.protocol.deflate;

/**
 * Looks at several earlier places for the longest match, and takes a match only if there is none
 * longer one byte later. The places of one hash stand side by side in the table, the newest first.
 */
final class LazyFinder implements MatchFinder {
  // A match of four bytes from far away takes more bits than four literals mostly do.
  private static final int FAR_FOR_FOUR = 4096;

  private final int ways;
  private final int hurryShift;
  private final int niceLength;

  /**
   * @param ways how many places are looked at, a power of two
   * @param hurryShift as in {@link GreedyFinder}
   * @param niceLength from which length on no longer match is looked for
   */
  LazyFinder(int ways, int hurryShift, int niceLength) {
    this.ways = ways;
    this.hurryShift = hurryShift;
    this.niceLength = niceLength;
  }

  @Override
  public void find(
      MatchTable table, byte[] data, int lowest, int from, int to, int window, Sequences out) {
    int literalsFrom = from;
    int at = from;
    int last = to - Integer.BYTES;
    while (at <= last) {
      int match = search(table, data, lowest, at, to, window);
      if (match == 0) {
        int skipped = (at - literalsFrom) >>> hurryShift;
        at = out.addLiterals(data, at, Math.min(at + 1 + skipped, to));
        continue;
      }
      while (length(match) < niceLength && at < last) {
        int next = search(table, data, lowest, at + 1, to, window);
        if (length(next) <= length(match)) break;
        at = out.addLiterals(data, at, at + 1);
        match = next;
      }
      out.addMatch(length(match), distance(match));
      int end = at + length(match);
      // The first two may be there already, and twice is no harm.
      for (int inside = at + 1; inside < end && inside <= last; inside++) {
        remember(table, slot(table, data, inside), (char) (inside + table.offset()));
      }
      at = end;
      literalsFrom = at;
    }
    out.addLiterals(data, at, to);
  }

  /** The longest match and its distance, or 0, and remembers the place. */
  private int search(MatchTable table, byte[] data, int lowest, int at, int to, int window) {
    char[] places = table.places();
    int slot = slot(table, data, at);
    int place = at + table.offset();
    int four = (int) INTS.get(data, at);
    int reach = Math.min(at - lowest, window);
    int limit = Math.min(to, at + DeflateSymbols.MAX_LENGTH);
    int best = 0;
    for (int way = 0; way < ways; way++) {
      int distance = place - places[slot + way] & 0xFFFF;
      if (Integer.compareUnsigned(distance - 1, reach) >= 0) continue;
      if ((int) INTS.get(data, at - distance) != four) continue;
      int length = MatchFinder.matchLength(data, at - distance, at, Integer.BYTES, limit);
      if (length <= length(best) || (length == MIN_MATCH && distance > FAR_FOR_FOUR)) continue;
      best = length << 16 | distance;
      if (length >= niceLength) break;
    }
    remember(table, slot, (char) place);
    return best;
  }

  private int slot(MatchTable table, byte[] data, int at) {
    int hash = MatchTable.hash((int) INTS.get(data, at), table.hashShift());
    return hash & table.places().length - 1 & -ways;
  }

  private void remember(MatchTable table, int slot, char place) {
    char[] places = table.places();
    if (places[slot] == place) return;
    for (int way = ways - 1; way > 0; way--) places[slot + way] = places[slot + way - 1];
    places[slot] = place;
  }

  private static int length(int match) {
    return match >>> 16;
  }

  private static int distance(int match) {
    return match & 0xFFFF;
  }
}
