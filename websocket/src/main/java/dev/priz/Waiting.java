package dev.priz;

import dev.priz.netty.Link;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Event;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waiting on behalf of the application's threads: never on an event loop, and ended by an
 * interrupt, which is kept.
 */
final class Waiting {
  private Waiting() {}

  /**
   * Refuses to wait on an event loop, whichever.
   *
   * @throws IllegalStateException there
   */
  static void check(String method) {
    if (!Link.mayWait()) {
      throw new IllegalStateException(
          method + " would block the event loop; call it on a thread of your own");
    }
  }

  /**
   * Takes the next event of an inbox.
   *
   * @throws IllegalStateException on the event loop
   * @throws WebSocketException if interrupted
   */
  static @Nullable Event take(Inbox inbox) {
    check("receiving");
    try {
      return inbox.take();
    } catch (InterruptedException interrupt) {
      throw interrupted("receive", interrupt);
    }
  }

  /**
   * Waits for the end of a connection.
   *
   * @throws WebSocketException if interrupted
   */
  static Closed forEnd(CompletableFuture<Closed> end) {
    try {
      return end.get();
    } catch (InterruptedException interrupt) {
      throw interrupted("end", interrupt);
    } catch (ExecutionException impossible) {
      throw new AssertionError("the end never fails", impossible);
    }
  }

  /**
   * Waits for the end of a connection, or returns when interrupted and leaves the interrupt to the
   * caller.
   */
  static void forEndOrInterrupt(CompletableFuture<Closed> end) {
    try {
      end.get();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new AssertionError("the end never fails", impossible);
    }
  }

  /** What to throw after an interrupt, which is set again. */
  static WebSocketException interrupted(String purpose, InterruptedException interrupt) {
    Thread.currentThread().interrupt();
    return new WebSocketException("interrupted while waiting to " + purpose, interrupt);
  }

  /** What a connection receives, one after another, until there is null. */
  static final class Received<T> implements Iterator<T> {
    private final Supplier<? extends @Nullable T> receive;
    private @Nullable T next;

    Received(Supplier<? extends @Nullable T> receive) {
      this.receive = receive;
    }

    @Override
    public boolean hasNext() {
      if (next == null) next = receive.get();
      return next != null;
    }

    @Override
    public T next() {
      T received = hasNext() ? next : null;
      if (received == null) throw new NoSuchElementException("the connection has ended");
      next = null;
      return received;
    }
  }
}
