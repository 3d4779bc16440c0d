package dev.priz.netty;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The file descriptors of this process. */
public final class Descriptors {
  private Descriptors() {}

  /** How many more it may open, or {@link Integer#MAX_VALUE} if the system does not tell. */
  public static int free() {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)) {
      return Integer.MAX_VALUE;
    }
    long free = unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount();
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, free));
  }
}
