package dev.priz;

/**
 * How often a test repeats what threads may do in many orders: a few times in each build, and as
 * often as its row of the catalogue says with {@code -Dhostile.full=true}.
 */
final class Rounds {
  private static final boolean FULL = Boolean.getBoolean("hostile.full");

  private Rounds() {}

  /** The one number or the other. */
  static int of(int inEachBuild, int inFull) {
    return FULL ? inFull : inEachBuild;
  }
}
