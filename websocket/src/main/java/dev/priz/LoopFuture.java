package dev.priz;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A future that an event loop completes, and which refuses to be waited for on one: the loop would
 * wait for itself. So do those that hang on it.
 */
final class LoopFuture<T extends @Nullable Object> extends CompletableFuture<T> {
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new LoopFuture<>();
  }

  @Override
  public T join() {
    check();
    return super.join();
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    check();
    return super.get();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    check();
    return super.get(timeout, unit);
  }

  private void check() {
    if (!isDone()) Waiting.check("waiting for a future");
  }
}
