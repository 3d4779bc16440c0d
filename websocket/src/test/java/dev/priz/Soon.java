package dev.priz;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits for what must happen soon; a test fails if it does not. */
final class Soon {
  private static final long SECONDS = 20;

  private Soon() {}

  /** What the stage completes with. */
  static <T> T value(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new AssertionError("failed instead of completing", failed.getCause());
    } catch (TimeoutException late) {
      throw new AssertionError("not completed within " + SECONDS + " s", late);
    }
  }

  /** What the stage fails with. */
  static Throwable failure(CompletionStage<?> stage) throws InterruptedException {
    try {
      Object value = stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
      throw new AssertionError("completed with " + value + " instead of failing");
    } catch (ExecutionException failed) {
      return failed.getCause();
    } catch (TimeoutException late) {
      throw new AssertionError("not failed within " + SECONDS + " s", late);
    }
  }

  /** The next element of a queue. */
  static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T element = queue.poll(SECONDS, TimeUnit.SECONDS);
    if (element == null) throw new AssertionError("nothing came within " + SECONDS + " s");
    return element;
  }

  /** Returns once the latch is open. */
  static void open(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("latch still at " + latch.getCount() + " after " + SECONDS + " s");
    }
  }

  /** Returns once the thread has ended. */
  static void ended(Thread thread) throws InterruptedException {
    thread.join(TimeUnit.SECONDS.toMillis(SECONDS));
    if (thread.isAlive()) throw new AssertionError(thread + " has not ended");
  }

  /** Returns once the thread waits for something. */
  static void waiting(Thread thread) {
    holds(() -> thread.getState() == Thread.State.WAITING, thread + " waits");
  }

  /** Returns once the condition holds; for what nobody announces. */
  static void holds(BooleanSupplier condition, String claim) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) throw new AssertionError("never so: " + claim);
      Thread.onSpinWait();
    }
  }

  /** Whether the stage leaves a while pass without completing. */
  static boolean isPendingFor(Duration time, CompletionStage<?> stage) throws InterruptedException {
    try {
      stage.toCompletableFuture().get(time.toMillis(), TimeUnit.MILLISECONDS);
      return false;
    } catch (ExecutionException failed) {
      return false;
    } catch (TimeoutException stillPending) {
      return true;
    }
  }
}
