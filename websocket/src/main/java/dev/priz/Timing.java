package dev.priz;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Time and chance, as a client of topics needs them; tests have their own. */
interface Timing {

  /** Those of this machine. */
  Timing REAL =
      new Timing() {
        @Override
        public long nowNanos() {
          return System.nanoTime();
        }

        @Override
        public double random() {
          return ThreadLocalRandom.current().nextDouble();
        }

        @Override
        public CompletableFuture<@Nullable Void> delay(long nanos) {
          return new CompletableFuture<@Nullable Void>()
              .completeOnTimeout(null, nanos, NANOSECONDS);
        }
      };

  /** A time to compare with others of it. */
  long nowNanos();

  /** Something from 0 to below 1. */
  double random();

  /** Completes after a while, unless it is cancelled before. */
  CompletableFuture<@Nullable Void> delay(long nanos);

  /**
   * Runs something after a while, on a thread of its own.
   *
   * @return to be cancelled if it is not needed any more
   */
  default CompletableFuture<?> after(long nanos, Runnable action) {
    CompletableFuture<@Nullable Void> due = delay(nanos);
    var unused = due.thenRunAsync(action, Thread::startVirtualThread);
    return due;
  }
}
