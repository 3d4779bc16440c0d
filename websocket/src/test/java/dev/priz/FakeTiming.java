package dev.priz;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A time that passes when a test says so, and a chance that is always the same. */
final class FakeTiming implements Timing {
  private static final long GIVE_UP_SECONDS = 90;

  private final double random;
  private final BlockingQueue<Delay> delays = new LinkedBlockingQueue<>();
  private final BlockingQueue<Delay> ends = new LinkedBlockingQueue<>();
  private final AtomicLong nowNanos = new AtomicLong();

  FakeTiming(double random) {
    this.random = random;
  }

  /** Something that waits for its time. */
  record Delay(long nanos, CompletableFuture<@Nullable Void> due) {
    double seconds() {
      return nanos / 1e9;
    }

    void pass() {
      due.complete(null);
    }
  }

  /** The next delay before something is tried again. */
  Delay next() throws InterruptedException {
    return Soon.next(delays);
  }

  /** The next end of the patience with a publication. */
  Delay nextEnd() throws InterruptedException {
    return Soon.next(ends);
  }

  void advanceSeconds(long seconds) {
    nowNanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Override
  public long nowNanos() {
    return nowNanos.get();
  }

  @Override
  public double random() {
    return random;
  }

  @Override
  public CompletableFuture<@Nullable Void> delay(long nanos) {
    var delay = new Delay(nanos, new CompletableFuture<>());
    (nanos == TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS) ? ends : delays).add(delay);
    return delay.due();
  }
}
