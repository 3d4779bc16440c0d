package dev.priz.benchmarks.soak;

/** Makes whole things of fractions, and never many at once: who falls behind does not catch up. */
final class Due {
  private static final int MOST = 1_000;

  private double left;

  /** Adds a fraction, and takes what is whole. */
  int take(double added) {
    left = Math.min(MOST, left + added);
    int whole = (int) left;
    left -= whole;
    return whole;
  }
}
