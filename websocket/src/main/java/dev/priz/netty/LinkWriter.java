package dev.priz.netty;

import dev.priz.protocol.Connection;
import dev.priz.protocol.Opcode;
import dev.priz.protocol.PreparedMessage;
import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a {@link LinkHandler}: what goes out in this turn of the event loop, what
 * waits in the {@link Outbox} for room in the socket, and whether the peer takes any of it. All of
 * it runs on the event loop but what says otherwise.
 */
final class LinkWriter {
  private final LinkHandler handler;
  private final Channel channel;
  private final LoopState loopState;
  private final LinkOptions options;
  private final Connection connection;
  private final Output output;
  private volatile @Nullable Outbox outbox;
  // Made when the socket is full, which most never are.
  private @Nullable StallWatch stall;
  // Callbacks have sent more than the peer takes. Only then does it help to read less: threads that
  // send wait by themselves, and if both ends read no further for them, neither would ever go on.
  private boolean repliesWait;
  // Called once when the peer takes more again; null for most.
  private @Nullable Runnable whenRoom;
  private boolean inRead;
  private boolean flushPlanned;
  private boolean ended;

  LinkWriter(
      LinkHandler handler,
      Channel channel,
      LoopState loopState,
      LinkOptions options,
      Connection connection) {
    this.handler = handler;
    this.channel = channel;
    this.loopState = loopState;
    this.options = options;
    this.connection = connection;
    output = new Output(channel, connection, loopState.buffers);
  }

  /** For any thread: what waits, made for the first who has to. */
  Outbox outbox() {
    Outbox existing = outbox;
    if (existing != null) return existing;
    synchronized (this) {
      if (outbox == null) outbox = new Outbox(options.highMarkBytes(), options.maxQueuedBytes());
      return outbox;
    }
  }

  /**
   * Whether a message may go out in this turn; gives up a peer for whom too much is waiting
   * already.
   */
  boolean mayCollect(int bytes) throws LinkClosedException {
    takeOutboxFirst();
    checkRoom(bytes);
    return !outboxIsBusy();
  }

  /** Gives up a peer for whom too much is waiting already to take more. */
  void checkRoom(int bytes) throws LinkClosedException {
    if (checkCap(bytes) + bytes > options.highMarkBytes()) repliesWait = true;
  }

  /** Whether what is sent now goes straight to a peer that takes it. */
  boolean hasRoom() {
    return !outboxIsBusy() && output.queuedBytes() <= options.highMarkBytes();
  }

  /** Has an action run once there is room again, instead of the one before. */
  void whenRoom(Runnable action) {
    whenRoom = action;
  }

  /** Sends a batch after all that waits; what the peer did not ask for does not stop its input. */
  void send(Batch batch) throws LinkClosedException {
    takeOutboxFirst();
    long unused = checkCap(batch.bytes());
    if (outboxIsBusy()) {
      for (PreparedMessage message : batch.messages()) addNow(new Outgoing.Prepared(message));
    } else if (batch.isShared() && connection.sendsPreparedFrames()) {
      output.shared(batch.frames());
    } else {
      for (PreparedMessage message : batch.messages()) output.prepared(message);
    }
    flushSoon();
  }

  void collectText(String text, int bytes) {
    output.text(text, bytes);
    flushSoon();
  }

  void collect(Opcode opcode, byte[] payload) {
    output.frame(opcode, true, true, payload);
    flushSoon();
  }

  void collect(PreparedMessage message) {
    output.prepared(message);
    flushSoon();
  }

  /** Collects the control frames that the protocol itself sends. */
  void collectControl() {
    // A peer that does not read gets the latest Pong only, and later; the Close frame goes out in
    // any case.
    if (!channel.isWritable() && connection.state().maySend()) return;
    output.control();
    flushSoon();
  }

  /** Sends what waits in the outbox, as far as the socket takes it. */
  void takeOutbox() {
    Outbox waiting = outbox();
    while (!ended && waiting.isBusy() && output.queuedBytes() <= options.highMarkBytes()) {
      Outgoing entry = waiting.take();
      if (entry == null) break;
      send(entry);
    }
    flushSoon();
  }

  /** Has output collected until {@link #endRead}, whose write it then shares. */
  void beginRead() {
    inRead = true;
  }

  /** Writes what was collected while a read was dealt with. */
  void endRead() {
    inRead = false;
    flush();
  }

  /** Writes this turn's output. */
  void flush() {
    flushPlanned = false;
    if (!output.isEmpty()) output.flush();
    // A socket that was never full does not say when it has room again.
    if (outboxIsBusy() && channel.isWritable()) takeOutbox();
    tellOfRoom();
    handler.readOn();
  }

  /** Completes once all that has been collected so far is in the socket. */
  CompletableFuture<@Nullable Void> whenWritten() {
    var written = new CompletableFuture<@Nullable Void>();
    output.whenWritten(written);
    flushSoon();
    return written;
  }

  /** Takes up again what waits, or begins to watch a peer that takes nothing. */
  void writabilityChanged(long now) {
    if (channel.isWritable()) {
      stall = null;
      if (outboxIsBusy()) takeOutbox();
      tellOfRoom();
    } else {
      stall = new StallWatch(options.stall(), channel.unsafe().outboundBuffer(), now);
      loopState.deadlines.schedule(handler, now);
    }
  }

  /** Whether the peer has taken next to nothing for too long. */
  boolean isStalled(long now) {
    return stall != null && stall.isStalled(channel.unsafe().outboundBuffer(), now);
  }

  /** When to ask {@link #isStalled}, or {@link Connection#NO_DEADLINE}. */
  long stallDeadlineNanos() {
    return stall == null ? Connection.NO_DEADLINE : stall.deadlineNanos();
  }

  /** What was sent and has not left yet. */
  long waitingBytes() {
    return output.queuedBytes() + outboxBytes();
  }

  /** Whether nothing is to be read until callbacks' replies have gone. */
  boolean repliesWait() {
    return repliesWait;
  }

  /** Whether replies were waiting, and have gone. */
  boolean repliesHaveGone() {
    if (!repliesWait || ended || !channel.isWritable()) return false;
    if (outboxBytes() > options.highMarkBytes() / 2) return false;
    repliesWait = false;
    return true;
  }

  /** Fails all that was not written: the socket takes nothing any more. */
  void end() {
    ended = true;
    whenRoom = null;
    Outbox left = outbox();
    left.close();
    stall = null;
    LinkClosedException why = handler.closedException();
    output.discard(why);
    for (Outgoing rest = left.takeRest(); rest != null; rest = left.takeRest()) fail(rest, why);
  }

  private void takeOutboxFirst() throws LinkClosedException {
    if (!outboxIsBusy()) return;
    takeOutbox();
    // A Close frame may have been in it.
    handler.checkOpen();
  }

  private long checkCap(int bytes) throws LinkClosedException {
    long queued = waitingBytes();
    if (queued > 0 && queued + bytes > options.maxQueuedBytes()) {
      handler.giveUp();
      throw handler.closedException();
    }
    return queued;
  }

  private void tellOfRoom() {
    Runnable waiting = whenRoom;
    if (waiting == null || !hasRoom()) return;
    whenRoom = null;
    waiting.run();
  }

  private void addNow(Outgoing entry) throws LinkClosedException {
    if (outbox().addNow(entry) == Outbox.Added.CLOSED) throw handler.closedException();
  }

  private boolean outboxIsBusy() {
    Outbox existing = outbox;
    return existing != null && existing.isBusy();
  }

  private long outboxBytes() {
    Outbox existing = outbox;
    return existing == null ? 0 : existing.bytes();
  }

  private void send(Outgoing entry) {
    if (!connection.state().maySend()) {
      fail(entry, handler.closedException());
      return;
    }
    switch (entry) {
      case Outgoing.Frame frame ->
          output.frame(frame.opcode(), frame.last(), frame.mayCompress(), frame.payload());
      case Outgoing.Prepared prepared -> output.prepared(prepared.message());
      case Outgoing.Mark mark -> {}
      case Outgoing.Closing closing -> handler.closeNow(closing.close());
      case Outgoing.Answer answer -> handler.answerNow();
    }
    CompletableFuture<@Nullable Void> written = entry.written();
    if (written != null) output.whenWritten(written);
  }

  private static void fail(Outgoing entry, LinkClosedException why) {
    CompletableFuture<@Nullable Void> written = entry.written();
    if (written != null) written.completeExceptionally(why);
  }

  private void flushSoon() {
    if (inRead || flushPlanned || output.isEmpty()) return;
    flushPlanned = true;
    loopState.flushLater(this);
  }
}
