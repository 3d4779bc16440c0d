package dev.priz.demo;

import java.io.File;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;

/** The machine that this program runs on. */
final class Machine {
  private final SystemInfo system = new SystemInfo();
  private final CentralProcessor processor = system.getHardware().getProcessor();
  private final GlobalMemory memory = system.getHardware().getMemory();
  private final String host = system.getOperatingSystem().getNetworkParams().getHostName();
  private final File disk = new File("").getAbsoluteFile();
  private long[][] coreTicks = processor.getProcessorCpuLoadTicks();

  /**
   * What was measured.
   *
   * @param cpuUsage percent of all processors together
   * @param memoryUsage percent
   * @param diskUsage percent of the file system that the program was started in
   * @param timestamp milliseconds since 1970
   * @param memoryTotal bytes, as the next three
   */
  record Reading(
      double cpuUsage,
      double memoryUsage,
      double diskUsage,
      long timestamp,
      String host,
      int cpuCores,
      long memoryTotal,
      long memoryUsed,
      long diskTotal,
      long diskUsed) {}

  /**
   * What each core had to do.
   *
   * @param cpuUsage percent of all together
   * @param cores percent of each
   * @param timestamp milliseconds since 1970
   */
  record Cores(double cpuUsage, List<Double> cores, long timestamp) {}

  /** The name of the machine. */
  String host() {
    return host;
  }

  /**
   * Measures for a while: processor use is that of the whole time, all else is as it is at the end.
   * An interrupt ends it early.
   */
  Reading measure(Duration time) {
    long[] ticksBefore = processor.getSystemCpuLoadTicks();
    LockSupport.parkNanos(time.toNanos());
    double cpuUsage = 100 * processor.getSystemCpuLoadBetweenTicks(ticksBefore);
    long memoryTotal = memory.getTotal();
    long memoryUsed = memoryTotal - memory.getAvailable();
    long diskUsed = disk.getTotalSpace() - disk.getFreeSpace();
    long diskTotal = diskUsed + disk.getUsableSpace(); // what is kept for the system does not count
    return new Reading(
        cpuUsage,
        percent(memoryUsed, memoryTotal),
        percent(diskUsed, diskTotal),
        System.currentTimeMillis(),
        host,
        processor.getLogicalProcessorCount(),
        memoryTotal,
        memoryUsed,
        diskTotal,
        diskUsed);
  }

  /** The cores since the call before, or since the beginning. */
  Cores measureCores() {
    double[] loads = processor.getProcessorCpuLoadBetweenTicks(coreTicks);
    coreTicks = processor.getProcessorCpuLoadTicks();
    List<Double> cores = Arrays.stream(loads).map(load -> 100 * load).boxed().toList();
    double all = cores.stream().mapToDouble(each -> each).average().orElse(0);
    return new Cores(all, cores, System.currentTimeMillis());
  }

  private static double percent(long used, long total) {
    return total == 0 ? 0 : 100.0 * used / total;
  }
}
