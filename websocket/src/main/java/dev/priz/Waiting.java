package dev.priz;

import dev.priz.netty.Link;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Event;
import dev.priz.protocol.Message;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Waiting on behalf of the application's threads: never on an event loop, and ended by an
 * interrupt, which is kept.
 */
final class Waiting {
  private Waiting() {}

  /**
   * Refuses to wait on the event loop.
   *
   * @throws IllegalStateException there
   */
  static void check(Link link, String method) {
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
  static @Nullable Event take(Link link, Inbox inbox) {
    check(link, "receiving");
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

  /** The messages of a connection, one after another. */
  static final class Messages implements Iterator<Message> {
    private final WebSocket ws;
    private @Nullable Message next;

    Messages(WebSocket ws) {
      this.ws = ws;
    }

    @Override
    public boolean hasNext() {
      if (next == null) next = ws.receive();
      return next != null;
    }

    @Override
    public Message next() {
      Message message = hasNext() ? next : null;
      if (message == null) throw new NoSuchElementException("the connection has ended");
      next = null;
      return message;
    }
  }
}
