package dev.priz.netty;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that look up hosts for a client, because the operating system lets them wait for seconds:
 * an event loop must not wait, and a virtual thread would keep its carrier from all others.
 */
final class HostLookups implements AutoCloseable {
  private static final int MAX_THREADS = 16;
  private static final int IDLE_SECONDS = 2;

  private final ThreadPoolExecutor threads;

  HostLookups() {
    threads =
        new ThreadPoolExecutor(
            MAX_THREADS,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("priz-lookup", true));
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Has a thread look something up.
   *
   * @return to be cancelled with an interrupt when nobody waits for it any more
   * @throws java.util.concurrent.RejectedExecutionException after {@link #close}
   */
  Future<?> start(Runnable lookup) {
    return threads.submit(lookup);
  }

  /** Ends the threads, but does not wait for one that the operating system holds. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
