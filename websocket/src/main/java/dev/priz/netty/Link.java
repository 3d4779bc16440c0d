package dev.priz.netty;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.protocol.Close;
import dev.priz.protocol.CloseCode;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Connection;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.PreparedMessage;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An open connection, for any thread to send through and to steer. On the event loop, what is sent
 * goes straight into this turn's output; other threads leave it in an {@link Outbox}, where they
 * wait while the peer is slow.
 */
public final class Link implements Source {
  private static final Close GIVEN_UP = new Close(CloseCode.INTERNAL_ERROR, "connection given up");

  private final LinkHandler handler;
  private final LinkWriter writer;
  private final int fragmentBytes;
  private final boolean compressed;

  Link(LinkHandler handler, LinkWriter writer, int fragmentBytes, boolean compressed) {
    this.handler = handler;
    this.writer = writer;
    this.fragmentBytes = fragmentBytes;
    this.compressed = compressed;
  }

  /** Makes the one who listens to a new link. */
  @FunctionalInterface
  public interface Owner {
    /** Takes the link, on its event loop, before anything is read from it. */
    LinkListener own(Link link);
  }

  /** Whether the calling thread is the link's event loop, and so must not wait. */
  public boolean inLoop() {
    return handler.loop().inEventLoop();
  }

  /** Whether both sides agreed to compress messages. */
  public boolean isCompressed() {
    return compressed;
  }

  /** Whether nothing can be sent any more. */
  public boolean isClosing() {
    return handler.isClosing();
  }

  /**
   * Whether the calling thread may wait: it is no event loop, neither this link's nor another's.
   */
  public static boolean mayWait() {
    return !Loops.isCurrent();
  }

  /** Runs something on the event loop: now if this is it, else soon. */
  public void onLoop(Runnable action) {
    if (inLoop()) {
      action.run();
    } else {
      onLoopSoon(action);
    }
  }

  /**
   * Runs something on the event loop, now if this is it, else soon; on the calling thread once the
   * loop has ended.
   */
  public void onLoopWhileItRuns(Runnable action) {
    if (inLoop() || !executes(action)) action.run();
  }

  /** Runs something on the event loop, soon and after all that was handed over before. */
  public void onLoopSoon(Runnable action) {
    // Once the loop has ended, the link has, and there is nothing left to act on.
    boolean unused = executes(action);
  }

  /** Runs something on the event loop after a while. */
  public void onLoopLater(Runnable action, long delayMillis) {
    try {
      handler.loop().schedule(action, delayMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException loopEnded) {
      // As above.
    }
  }

  @Override
  public void wake(Thread parked) {
    LoopState.of(handler.loop()).wakeups.wake(parked);
  }

  /** The peer's address, or null once the link has ended. */
  public @Nullable SocketAddress remoteAddress() {
    return handler.remoteAddress();
  }

  /** Lets messages come in parts; to be called before the first {@link #resume}. */
  public void streamMessages() {
    onLoop(handler::streamMessages);
  }

  /** Has the answer to the peer's Close frame or violation wait for {@link #answer}. */
  public void holdAnswers() {
    onLoop(handler::holdAnswers);
  }

  @Override
  public void answer() {
    try {
      offer(new Outgoing.Answer());
    } catch (LinkClosedException answeredAlready) {
      // Nothing is held any more.
    }
  }

  @Override
  public void resume() {
    // Never at once: the caller may be inside the delivery of an event of this or another link.
    onLoopSoon(handler::resume);
  }

  /**
   * Sends a text message.
   *
   * @throws IllegalArgumentException if it has an unpaired surrogate
   * @throws LinkClosedException if the link is closing or has ended
   * @throws InterruptedException if the thread was interrupted while it waited for room; nothing
   *     was sent
   */
  public void sendText(String text) throws LinkClosedException, InterruptedException {
    int bytes = Connection.textBytes(text);
    if (mayCollect(bytes)) {
      writer.collectText(text, bytes);
    } else {
      sendWhole(Opcode.TEXT, text.getBytes(UTF_8), null);
    }
  }

  /**
   * Sends a whole message or a control frame.
   *
   * @param payload borrowed
   * @throws LinkClosedException as {@link #sendText}
   * @throws InterruptedException as {@link #sendText}
   */
  public void send(Opcode opcode, byte[] payload) throws LinkClosedException, InterruptedException {
    if (!collected(opcode, payload)) sendWhole(opcode, payload.clone(), null);
  }

  /**
   * Sends as {@link #send(Opcode, byte[])} does.
   *
   * @param payload taken
   * @throws LinkClosedException as {@link #sendText}
   * @throws InterruptedException as {@link #sendText}
   */
  public void sendTaken(Opcode opcode, byte[] payload)
      throws LinkClosedException, InterruptedException {
    if (!collected(opcode, payload)) sendWhole(opcode, payload, null);
  }

  /**
   * Sends a prepared message.
   *
   * @throws LinkClosedException as {@link #sendText}
   * @throws InterruptedException as {@link #sendText}
   */
  public void send(PreparedMessage message) throws LinkClosedException, InterruptedException {
    if (mayCollect(message.size())) {
      writer.collect(message);
    } else {
      enqueue(new Outgoing.Prepared(message));
    }
  }

  /**
   * Sends a whole message or a control frame; what is longer than {@link LinkOptions#fragmentBytes}
   * in fragments.
   *
   * @param payload taken
   * @param written completed once it is in the socket, or null
   * @throws LinkClosedException as {@link #sendText}
   * @throws InterruptedException as {@link #sendText}
   */
  public void sendWhole(
      Opcode opcode, byte[] payload, @Nullable CompletableFuture<@Nullable Void> written)
      throws LinkClosedException, InterruptedException {
    if (payload.length <= fragmentBytes) {
      enqueue(new Outgoing.Frame(opcode, true, true, payload, null, written));
    } else {
      checkRoom(payload.length);
      sendInFragments(opcode, payload, mayWait(), written);
    }
  }

  /**
   * Sends what an entry says, after all that was sent before.
   *
   * @throws LinkClosedException as {@link #sendText}
   * @throws InterruptedException as {@link #sendText}
   */
  public void enqueue(Outgoing entry) throws LinkClosedException, InterruptedException {
    // What weighs nothing, such as the Close frame, always finds room.
    if (entry.bytes() > 0) checkRoom(entry.bytes());
    add(entry, mayWait());
  }

  /**
   * Sends what an entry says without ever waiting.
   *
   * @return false if too much is waiting already
   * @throws LinkClosedException as {@link #sendText}
   */
  public boolean offer(Outgoing entry) throws LinkClosedException {
    if (inLoop()) handler.checkOpen();
    return switch (writer.outbox().offer(entry)) {
      case FULL -> false;
      case CLOSED -> throw handler.closedException();
      case TAKER_CALLED -> true;
      case CALL_TAKER -> {
        onLoop(writer::takeOutbox);
        yield true;
      }
    };
  }

  /**
   * Sends as {@link #sendWhole} does, but without ever waiting.
   *
   * @return false if too much is waiting already
   * @throws LinkClosedException as {@link #sendText}
   */
  public boolean offerWhole(
      Opcode opcode, byte[] payload, @Nullable CompletableFuture<@Nullable Void> written)
      throws LinkClosedException {
    if (payload.length <= fragmentBytes) {
      return offer(new Outgoing.Frame(opcode, true, true, payload, null, written));
    }
    if (inLoop()) handler.checkOpen();
    if (writer.outbox().isFullFor(payload.length)) return false;
    try {
      sendInFragments(opcode, payload, false, written);
    } catch (InterruptedException impossible) {
      throw new AssertionError("nothing waits", impossible);
    }
    return true;
  }

  /** Whether what is sent now goes straight to a peer that takes it; on the event loop. */
  public boolean hasRoom() {
    return writer.hasRoom();
  }

  /**
   * Has an action run on the event loop once there is room again, instead of the one before; never
   * if the link ends first. To be called there.
   */
  public void whenRoom(Runnable action) {
    writer.whenRoom(action);
  }

  /**
   * Sends a batch, after all that was sent before; on the event loop. A peer for whom too much is
   * waiting is given up.
   *
   * @throws LinkClosedException as {@link #sendText}
   */
  public void send(Batch batch) throws LinkClosedException {
    handler.checkOpen();
    writer.send(batch);
  }

  /** Gives up a peer that reads too slowly; on the event loop. */
  public void giveUp() {
    handler.giveUp();
  }

  /** The event loop, the same for all its links. */
  public ScheduledExecutorService loop() {
    return handler.loop();
  }

  /** How the link ended, or what is known of that. */
  public Closed closed() {
    return handler.closedException().closed();
  }

  /**
   * Begins the closing handshake, after all that was sent before; does nothing once it has begun.
   */
  public void close(Close close) {
    onLoop(() -> handler.startClosing(close));
  }

  /** Ends the TCP connection without a closing handshake; the listener learns soon. */
  public void abort() {
    onLoop(() -> handler.abort(GIVEN_UP, LinkEnd.How.ABORTED));
  }

  private boolean executes(Runnable action) {
    try {
      handler.loop().execute(action);
      return true;
    } catch (RejectedExecutionException loopEnded) {
      return false;
    }
  }

  // Where nothing waits, a peer for whom too much is waiting is given up.
  private void checkRoom(int bytes) throws LinkClosedException {
    if (inLoop()) {
      handler.checkOpen();
      writer.checkRoom(bytes);
    } else if (!mayWait() && writer.outbox().isFullFor(bytes)) {
      onLoop(handler::giveUp);
      throw handler.closedException();
    }
  }

  private void add(Outgoing entry, boolean mayWait)
      throws LinkClosedException, InterruptedException {
    switch (writer.outbox().add(entry, mayWait)) {
      case CLOSED -> throw handler.closedException();
      case TAKER_CALLED, FULL -> {}
      case CALL_TAKER -> onLoop(writer::takeOutbox);
    }
  }

  private void sendInFragments(
      Opcode opcode,
      byte[] payload,
      boolean mayWait,
      @Nullable CompletableFuture<@Nullable Void> written)
      throws LinkClosedException, InterruptedException {
    Object message = new Object();
    boolean interrupted = false;
    try {
      for (int from = 0; from < payload.length; from += fragmentBytes) {
        int to = (int) Math.min(payload.length, (long) from + fragmentBytes);
        boolean last = to == payload.length;
        byte[] part = Arrays.copyOfRange(payload, from, to);
        Opcode next = from == 0 ? opcode : Opcode.CONTINUATION;
        var fragment = new Outgoing.Frame(next, last, true, part, message, last ? written : null);
        interrupted |= addFragment(fragment, from == 0, mayWait && !interrupted);
      }
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  // A message that has begun must end, or all others would wait behind it for ever: after the first
  // fragment, an
  // interrupt ends the waiting only. Returns whether there was one.
  private boolean addFragment(Outgoing.Frame fragment, boolean first, boolean mayWait)
      throws LinkClosedException, InterruptedException {
    try {
      add(fragment, mayWait);
      return false;
    } catch (InterruptedException interrupt) {
      if (first) throw interrupt;
      add(fragment, false);
      return true;
    }
  }

  private boolean collected(Opcode opcode, byte[] payload) throws LinkClosedException {
    boolean may = mayCollect(payload.length);
    if (may) writer.collect(opcode, payload);
    return may;
  }

  private boolean mayCollect(int bytes) throws LinkClosedException {
    if (!inLoop()) return false;
    handler.checkOpen();
    return bytes <= fragmentBytes && writer.mayCollect(bytes);
  }
}
