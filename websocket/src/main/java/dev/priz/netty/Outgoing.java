package dev.priz.netty;

import dev.priz.protocol.Close;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.PreparedMessage;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Something that waits in an {@link Outbox} for its turn to be sent. */
public sealed interface Outgoing {

  /** What it weighs while it waits. */
  int bytes();

  /** Completes once it has been written to the socket, or fails; null if nobody asks. */
  @Nullable CompletableFuture<@Nullable Void> written();

  /**
   * A frame: a whole message, a fragment, a Ping or a Pong.
   *
   * @param mayCompress whether its message may be compressed
   * @param message what a fragment belongs to, or null for whole messages and control frames
   * @param payload taken: nobody changes it any more
   */
  record Frame(
      Opcode opcode,
      boolean last,
      boolean mayCompress,
      byte[] payload,
      @Nullable Object message,
      @Nullable CompletableFuture<@Nullable Void> written)
      implements Outgoing {
    @Override
    public int bytes() {
      return payload.length + OVERHEAD_BYTES;
    }
  }

  /** A message prepared for many. */
  record Prepared(PreparedMessage message) implements Outgoing {
    @Override
    public int bytes() {
      return message.size() + OVERHEAD_BYTES;
    }

    @Override
    public @Nullable CompletableFuture<@Nullable Void> written() {
      return null;
    }
  }

  /** Nothing but a mark in the queue, reached when all before it is written. */
  record Mark(CompletableFuture<@Nullable Void> written) implements Outgoing {
    @Override
    public int bytes() {
      return 0;
    }
  }

  /** The start of the closing handshake. */
  record Closing(Close close) implements Outgoing {
    @Override
    public int bytes() {
      return 0;
    }

    @Override
    public @Nullable CompletableFuture<@Nullable Void> written() {
      return null;
    }
  }

  /** The answer to the peer's Close frame or violation. */
  record Answer() implements Outgoing {
    @Override
    public int bytes() {
      return 0;
    }

    @Override
    public @Nullable CompletableFuture<@Nullable Void> written() {
      return null;
    }
  }

  /** About what an entry costs beside its payload, so that many small ones count too. */
  int OVERHEAD_BYTES = 64;
}
