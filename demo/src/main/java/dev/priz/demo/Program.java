package dev.priz.demo;

import java.time.Duration;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;

/** The program that this is: a JVM with all demos. */
final class Program {
  private final Runtime runtime = Runtime.getRuntime();
  private OSProcess before = new SystemInfo().getOperatingSystem().getCurrentProcess();
  private long beforeNanos = System.nanoTime();

  /**
   * What was measured.
   *
   * @param cpuUsage percent of all processors together
   * @param memoryUsage percent of the heap that it may have
   * @param timestamp milliseconds since 1970
   * @param cpuCores it may use
   * @param memoryTotal bytes of heap at most
   * @param memoryUsed bytes of heap, with what is garbage by now
   * @param threads of the operating system
   */
  record Reading(
      double cpuUsage,
      double memoryUsage,
      long timestamp,
      int cpuCores,
      long memoryTotal,
      long memoryUsed,
      int threads) {}

  /** Measures: processor use is that since the call before, all else is as it is now. */
  Reading measure() {
    OSProcess now = new SystemInfo().getOperatingSystem().getCurrentProcess();
    long nowNanos = System.nanoTime();
    Duration used = processorTime(now).minus(processorTime(before));
    double passedNanos = (double) (nowNanos - beforeNanos) * runtime.availableProcessors();
    before = now;
    beforeNanos = nowNanos;
    long memoryUsed = runtime.totalMemory() - runtime.freeMemory();
    return new Reading(
        Math.clamp(100 * used.toNanos() / passedNanos, 0, 100),
        100.0 * memoryUsed / runtime.maxMemory(),
        System.currentTimeMillis(),
        runtime.availableProcessors(),
        runtime.maxMemory(),
        memoryUsed,
        now.getThreadCount());
  }

  private static Duration processorTime(OSProcess process) {
    return Duration.ofMillis(process.getKernelTime() + process.getUserTime());
  }
}
