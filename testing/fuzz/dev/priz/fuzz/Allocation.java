package dev.priz.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What code allocates, and so the most that it can hold. */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MAX_ROUNDS = 5;

  private Allocation() {}

  /**
   * The bytes that an action allocates. It is repeated if they are too many, because the first
   * round may also load classes.
   *
   * @param expectedBytes how many are not too many
   */
  public static long by(Runnable action, long expectedBytes) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < MAX_ROUNDS && least > expectedBytes; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      action.run();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
