package dev.priz.benchmarks.soak;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The garbage collector's pauses of the last while. Any thread may call its methods. */
final class GcPauses {
  private static final long KEPT_NANOS = 10_000_000_000L;
  // The JVM tells the times of a pause in milliseconds, on a clock whose zero is only guessed.
  private static final long PRECISION_NANOS = 5_000_000;
  private static final int CALIBRATION_SECONDS = 10;

  private final Set<String> heapPools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toSet());
  private final ArrayDeque<Pause> pauses = new ArrayDeque<>();
  private final CompletableFuture<GcInfo> firstFull = new CompletableFuture<>();
  private long clockStartNanos;
  private long millis;
  private double heapMib;

  private record Pause(long fromNanos, long toNanos) {}

  /**
   * Begins to listen. Collects garbage once, to see when the collector's clock began: not with the
   * JVM, but when the heap was ready.
   */
  void listen() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener((notice, ignored) -> hear(notice), null, null);
    }
    System.gc();
    long endNanos = System.nanoTime();
    long endMillis = firstFull.orTimeout(CALIBRATION_SECONDS, TimeUnit.SECONDS).join().getEndTime();
    synchronized (this) {
      clockStartNanos = endNanos - endMillis * 1_000_000;
      pauses.clear();
    }
  }

  /** The pauses since the last call, in milliseconds. */
  synchronized long takeMillis() {
    long taken = millis;
    millis = 0;
    return taken;
  }

  /** What was in the heap after the last of them. */
  synchronized double heapAfterMib() {
    return heapMib;
  }

  /** Whether there was one in a span of time, some moments ago. */
  synchronized boolean wasOneIn(long fromNanos, long toNanos) {
    return pauses.stream()
        .anyMatch(pause ->
            pause.fromNanos - toNanos < PRECISION_NANOS
                && fromNanos - pause.toNanos < PRECISION_NANOS);
  }

  private void hear(Notification notice) {
    if (!notice
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      return;
    }
    var told = GarbageCollectionNotificationInfo.from((CompositeData) notice.getUserData());
    if (told.getGcCause().equals("System.gc()")) firstFull.complete(told.getGcInfo());
    note(told.getGcInfo());
  }

  private synchronized void note(GcInfo collection) {
    var pause =
        new Pause(
            clockStartNanos + collection.getStartTime() * 1_000_000,
            clockStartNanos + collection.getEndTime() * 1_000_000);
    pauses.add(pause);
    while (pause.toNanos - pauses.getFirst().toNanos > KEPT_NANOS) pauses.removeFirst();
    millis += collection.getDuration();
    heapMib =
        collection.getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> heapPools.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum()
            / 1048576.0;
  }
}
