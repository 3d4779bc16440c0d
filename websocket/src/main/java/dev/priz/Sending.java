package dev.priz;

import dev.priz.netty.Link;
import dev.priz.netty.LinkClosedException;
import dev.priz.netty.Outgoing;
import dev.priz.protocol.Close;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Connection;
import dev.priz.protocol.Message;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.PreparedMessage;
import dev.priz.protocol.Text;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What goes out on one connection: the link's answers turned into those that the application is
 * promised.
 */
final class Sending {
  private static final int MAX_CONTROL_BYTES = 125;

  private final Link link;

  Sending(Link link) {
    this.link = link;
  }

  // Not by one method that takes what to do: on the way of each message, its lambda is garbage.

  void text(String text) {
    try {
      link.sendText(text);
    } catch (LinkClosedException | InterruptedException failure) {
      throw told(failure);
    }
  }

  void frame(Opcode opcode, byte[] data) {
    check(opcode, data);
    try {
      link.send(opcode, data);
    } catch (LinkClosedException | InterruptedException failure) {
      throw told(failure);
    }
  }

  // Sends a binary message whose array is taken.
  void taken(byte[] data) {
    try {
      link.sendTaken(Opcode.BINARY, data);
    } catch (LinkClosedException | InterruptedException failure) {
      throw told(failure);
    }
  }

  void prepared(PreparedMessage message) {
    try {
      link.send(message);
    } catch (LinkClosedException | InterruptedException failure) {
      throw told(failure);
    }
  }

  void enqueue(Outgoing entry) {
    try {
      link.enqueue(entry);
    } catch (LinkClosedException | InterruptedException failure) {
      throw told(failure);
    }
  }

  void send(Message message) {
    switch (message) {
      case Text text -> text(text.text());
      case Close close -> link.close(close);
      default -> frame(message.opcode(), message.data());
    }
  }

  CompletionStage<@Nullable Void> sendAsync(Message message) {
    if (message instanceof Close) {
      throw new IllegalArgumentException("a Close frame goes through closeAsync");
    }
    if (message instanceof Text text) Connection.textBytes(text.text());
    // A text's array is a fresh one, the others' are the application's.
    byte[] data = message instanceof Text ? message.data() : message.data().clone();
    check(message.opcode(), data);
    var written = new LoopFuture<@Nullable Void>();
    try {
      if (!link.offerWhole(message.opcode(), data, written)) {
        written.completeExceptionally(
            new WebSocketException("too much is waiting to be sent; the peer reads too slowly"));
      }
    } catch (LinkClosedException closed) {
      written.completeExceptionally(closed);
    }
    return written.exceptionallyCompose(cause ->
        CompletableFuture.failedFuture(
            cause instanceof LinkClosedException closed
                ? ConnectionClosedException.later(closed.closed())
                : told(cause)));
  }

  void flush() {
    Waiting.check("flush");
    var written = new CompletableFuture<@Nullable Void>();
    enqueue(new Outgoing.Mark(written));
    try {
      written.get();
    } catch (InterruptedException interrupt) {
      throw Waiting.interrupted("send", interrupt);
    } catch (ExecutionException failure) {
      throw told(failure.getCause());
    }
  }

  CompletableFuture<Closed> close(Close close, Incoming incoming) {
    link.close(close);
    incoming.readToEnd();
    return incoming.end();
  }

  private WebSocketException told(@Nullable Throwable cause) {
    return switch (cause) {
      case LinkClosedException closed -> new ConnectionClosedException(closed.closed());
      case InterruptedException interrupt -> Waiting.interrupted("send", interrupt);
      case WebSocketException known -> known;
      // The socket refuses what comes after its end.
      case null, default -> new ConnectionClosedException(link.closed());
    };
  }

  private static void check(Opcode opcode, byte[] data) {
    if (opcode.isControl() && data.length > MAX_CONTROL_BYTES) {
      throw new IllegalArgumentException(
          opcode + " payload is " + data.length + " bytes, the limit is " + MAX_CONTROL_BYTES);
    }
  }
}
