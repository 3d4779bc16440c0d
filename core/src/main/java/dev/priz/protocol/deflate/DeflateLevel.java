package dev.priz.protocol.deflate;

/** How much time compression may take for a smaller result. */
public enum DeflateLevel {
  /** The least time: takes the first match, and soon hurries through what has none. */
  FASTEST(1, 4, 0),
  /** The default: hardly slower, and about as small as zlib's level 1. */
  BALANCED(1, 5, 0),
  /** Looks at several earlier places, and whether waiting for the next byte gives more. */
  SMALLER(4, 7, 32),
  /** Looks at all that the table remembers. */
  SMALLEST(8, 9, 128);

  private final int ways;
  private final int hurryShift;
  private final int niceLength;

  DeflateLevel(int ways, int hurryShift, int niceLength) {
    this.ways = ways;
    this.hurryShift = hurryShift;
    this.niceLength = niceLength;
  }

  /** A new finder of matches for this level. */
  MatchFinder newFinder() {
    return ways == 1 ? new GreedyFinder(hurryShift) : new LazyFinder(ways, hurryShift, niceLength);
  }
}
