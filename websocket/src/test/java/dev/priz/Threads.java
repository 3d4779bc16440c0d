package dev.priz;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Virtual threads for what blocks in a test. */
final class Threads {
  private static final Executor EXECUTOR = work -> Thread.ofVirtual().start(work);

  private Threads() {}

  /** Something that may throw. */
  interface Work {
    void run() throws Exception;
  }

  /** Runs something on a thread of its own. */
  static CompletableFuture<Void> run(Work work) {
    return call(() -> {
      work.run();
      return null;
    });
  }

  /** Calls something on a thread of its own. */
  static <T> CompletableFuture<T> call(Callable<T> work) {
    var result = new CompletableFuture<T>();
    EXECUTOR.execute(() -> {
      try {
        result.complete(work.call());
      } catch (Throwable thrown) {
        result.completeExceptionally(thrown);
      }
    });
    return result;
  }
}
