package dev.priz.benchmarks.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Samples the process that it is in. For use by one thread. */
final class ServerFigures {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
  private static final double MIB = 1048576.0;
  private static final long LATE_NANOS = 50_000_000;
  // A pause of the collector is told a moment after it.
  private static final long TELLING_NANOS = 2_000_000_000;

  private final UnixOperatingSystemMXBean system =
      (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final List<BufferPoolMXBean> buffers =
      ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);
  private final LoopProbes probes;
  private final GcPauses pauses;
  private long lastNanos = System.nanoTime();
  private long lastCpuNanos = system.getProcessCpuTime();

  ServerFigures(LoopProbes probes, GcPauses pauses) {
    this.probes = probes;
    this.pauses = pauses;
  }

  /** What there is to see now, and since the last call. */
  Map<Figure, Double> sample() throws IOException {
    Map<Figure, Double> values = new EnumMap<>(Figure.class);
    memory(values);
    long nowNanos = System.nanoTime();
    long cpuNanos = system.getProcessCpuTime();
    values.put(Figure.SERVER_CPU, (double) (cpuNanos - lastCpuNanos) / (nowNanos - lastNanos));
    delays(values, nowNanos);
    lastNanos = nowNanos;
    lastCpuNanos = cpuNanos;
    return values;
  }

  private void memory(Map<Figure, Double> values) throws IOException {
    String status = Files.readString(STATUS);
    values.put(Figure.RESIDENT, number(RESIDENT, status) / 1024);
    values.put(Figure.THREADS, number(THREADS, status));
    values.put(Figure.DESCRIPTORS, (double) system.getOpenFileDescriptorCount());
    values.put(
        Figure.HEAP, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB);
    values.put(Figure.HEAP_AFTER_GC, pauses.heapAfterMib());
    values.put(Figure.NETTY_DIRECT, Math.max(0, PlatformDependent.usedDirectMemory()) / MIB);
    values.put(Figure.JDK_DIRECT, sum(BufferPoolMXBean::getMemoryUsed) / MIB);
  }

  private void delays(Map<Figure, Double> values, long nowNanos) {
    values.put(Figure.LOOP_P99, probes.delays().p99(nowNanos));
    values.put(Figure.LOOP_OWN_P99, probes.delays().ownP99(nowNanos));
    values.put(
        Figure.LOOP_MAX,
        probes.delays().between(lastNanos, nowNanos).stream()
            .mapToDouble(delay -> delay.nanos() / 1e6)
            .max()
            .orElse(0));
    List<Delays.Delay> late =
        probes.delays().between(lastNanos - TELLING_NANOS, nowNanos - TELLING_NANOS).stream()
            .filter(delay -> delay.nanos() > LATE_NANOS)
            .toList();
    List<Delays.Delay> others =
        late.stream()
            .filter(delay -> !pauses.wasOneIn(delay.dueNanos(), delay.ranNanos()))
            .toList();
    values.put(Figure.LATE, (double) late.size());
    values.put(Figure.LATE_BY_GC, (double) (late.size() - others.size()));
    values.put(
        Figure.LATE_BY_MACHINE,
        (double) others.stream().filter(delay -> delay.ownNanos() <= LATE_NANOS).count());
    values.put(Figure.GC_PAUSES, (double) pauses.takeMillis());
  }

  // All pools: also what is mapped, which is nothing here.
  private double sum(ToDoubleFunction<BufferPoolMXBean> value) {
    return buffers.stream().mapToDouble(value).sum();
  }

  private static double number(Pattern pattern, String status) throws IOException {
    Matcher matcher = pattern.matcher(status);
    if (!matcher.find()) throw new IOException("no \"" + pattern + "\" in " + STATUS);
    return Double.parseDouble(matcher.group(1));
  }
}
