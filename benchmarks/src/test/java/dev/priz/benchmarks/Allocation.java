package dev.priz.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/** Counts the bytes that a thread allocates, to the byte and without sampling. */
final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int CALIBRATIONS = 100_000;

  // Written so that nothing that is made for its size is optimised away.
  @SuppressWarnings("UnusedVariable")
  private static volatile Object kept = "";

  private Allocation() {}

  /** The bytes that a thread has allocated since it started. */
  static long bytesOf(Thread thread) {
    return THREADS.getThreadAllocatedBytes(thread.threadId());
  }

  /** The bytes that the calling thread has allocated since it started. */
  static long bytes() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  /**
   * The size of what a supplier makes, as this JVM lays it out. With 12 bytes of header and
   * compressed references, as on all 64-bit machines with default options, an object takes its
   * header and its fields, an array 16 bytes and its elements, both rounded up to 8: so {@code new
   * Binary(new byte[20])} takes 16 + 40 and {@code new Text(<20 Latin letters>)} 16 + 24 + 40.
   */
  static long sizeOf(Supplier<Object> maker) {
    keep(maker);
    long before = bytes();
    keep(maker);
    return Math.round((double) (bytes() - before) / CALIBRATIONS);
  }

  private static void keep(Supplier<Object> maker) {
    for (int i = 0; i < CALIBRATIONS; i++) kept = maker.get();
  }
}
