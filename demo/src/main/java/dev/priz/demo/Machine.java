package dev.priz.demo;

import java.io.File;
import java.time.Duration;
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
   * Measures for a while: processor use is that of the whole time, all else is as it is at the end.
   */
  Reading measure(Duration time) {
    double cpuUsage = 100 * processor.getSystemCpuLoad(time.toMillis());
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

  private static double percent(long used, long total) {
    return total == 0 ? 0 : 100.0 * used / total;
  }
}
