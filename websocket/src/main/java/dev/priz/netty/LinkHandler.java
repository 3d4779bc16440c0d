package dev.priz.netty;

import dev.priz.protocol.Close;
import dev.priz.protocol.CloseCode;
import dev.priz.protocol.Closed;
import dev.priz.protocol.Connection;
import dev.priz.protocol.DeflateAgreement;
import dev.priz.protocol.Event;
import dev.priz.protocol.Side;
import dev.priz.protocol.State;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.uring.IoUringBufferRingExhaustedEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a protocol {@link Connection} meets a Netty channel after the handshake: feeds it what is
 * read, writes what it gives, and calls it in time. It does not read before its owner asks for
 * events. All of it runs on the event loop but what says otherwise.
 */
// Longer than others: each part of it would be one more object for every idle connection to hold.
final class LinkHandler extends SharingHandler {
  /** Fired into the pipeline when no one will be able to ask for what is left. */
  static final Object LOOP_ENDS = new Object();

  private static final Logger LOG = LoggerFactory.getLogger(LinkHandler.class);
  private static final LogLimit ERRORS = new LogLimit(10);
  // What may be held for a turn at most: what io_uring had read already when it was told to stop.
  private static final int MAX_WAITING_BYTES = 256 * 1024;
  private static final Close TOO_SLOW =
      new Close(CloseCode.TRY_AGAIN_LATER, "peer reads too slowly");
  private static final Close BROKEN = new Close(CloseCode.INTERNAL_ERROR, "internal error");

  private final Channel channel;
  private final LinkOptions options;
  private final Connection connection;
  private final LinkWriter writer;
  private final LinkListener listener;
  private final Link link;
  // What was read and could not be taken yet; null for nothing.
  private @Nullable Input input;
  private boolean ownerPaused = true;
  private boolean reading;
  private boolean inputEnded;
  private boolean outputEnded;
  private boolean ended;
  private LinkEnd how = LinkEnd.NORMAL;
  private long chargedBytes;
  private long closeDeadlineNanos = Connection.NO_DEADLINE;
  // Set once the peer has ended its half of TCP: until then it hears what is said to what it sent.
  private long halfEndDeadlineNanos = Connection.NO_DEADLINE;
  // For threads that come too late to send: set when the outbox closes.
  private volatile @Nullable Closed closed;

  /**
   * A handler for a channel whose handshake is done; to be made on its event loop.
   *
   * @param agreement how both sides compress, or null
   */
  LinkHandler(
      Channel channel,
      Side side,
      LinkOptions options,
      @Nullable DeflateAgreement agreement,
      Link.Owner owner) {
    super(LoopState.of(channel.eventLoop()));
    this.channel = channel;
    this.options = options;
    connection = options.open(side, agreement, loopState);
    // A peer that ends its half of TCP right behind its Close frame still waits for the answer.
    TcpEnd.allowHalfClosure(channel, true);
    if (channel.config().getRecvByteBufAllocator() instanceof SocketReads reads) {
      reads.borrowFrom(loopState.buffers);
    }
    writer = new LinkWriter(this, channel, loopState, options, connection);
    link = new Link(this, writer, options.fragmentBytes(), agreement != null);
    listener = owner.own(link);
  }

  /** For any thread. */
  EventLoop loop() {
    return channel.eventLoop();
  }

  /** For any thread. */
  @Nullable SocketAddress remoteAddress() {
    return Peer.address(channel);
  }

  /** For any thread: what it gets that comes too late. */
  LinkClosedException closedException() {
    Closed known = closed;
    return new LinkClosedException(known != null ? known : connection.closed());
  }

  /** For any thread. */
  boolean isClosing() {
    return closed != null;
  }

  void streamMessages() {
    connection.streamMessages();
  }

  void holdAnswers() {
    connection.holdAnswers();
  }

  void resume() {
    ownerPaused = false;
    takeInput();
  }

  /** Refuses to send once the closing handshake has begun. */
  void checkOpen() throws LinkClosedException {
    if (!connection.state().maySend() || closed != null) throw closedException();
  }

  void startClosing(Close close) {
    if (ended || closeDeadlineNanos != Connection.NO_DEADLINE) return;
    long now = System.nanoTime();
    closeDeadlineNanos = now + options.timeouts().close().toNanos();
    loopState.deadlines.schedule(this, now);
    try {
      link.enqueue(new Outgoing.Closing(close));
    } catch (LinkClosedException | InterruptedException closedAlready) {
      // The event loop never waits, so it is not interrupted; and a closed link needs no closing.
      settle(now);
    }
    if (inputEnded) end();
  }

  /** Gives up a peer for whom too much is waiting. */
  void giveUp() {
    abort(TOO_SLOW, LinkEnd.How.SLOW_PEER);
  }

  /** Gives the connection up at once. */
  void abort(Close close, LinkEnd.How why) {
    if (ended) return;
    if (how.how() == LinkEnd.How.NORMAL) how = new LinkEnd(why, writer.waitingBytes());
    connection.abort(close);
    settle(System.nanoTime());
  }

  /** Leaves reading on, as it was for the handshake, if the owner wants events by now. */
  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    queueUp();
    if (!reading) channel.config().setAutoRead(false);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      // The empty end of the handshake's request or response comes after it has been dealt with.
      ReferenceCountUtil.release(message);
      return;
    }
    writer.beginRead();
    if (!ended) {
      long now = System.nanoTime();
      countRead(bytes.readableBytes(), now);
      ByteBuffer in = Input.view(bytes);
      if (input != null || !take(in, now)) hold(in);
      if (input != null && !mustWait()) takeInput();
    }
    bytes.release();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    writer.endRead();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (ended) return;
    long now = System.nanoTime();
    writer.writabilityChanged(now);
    updateReading();
    settle(now);
    readOn();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    inputEnded = true;
    // A channel that is closing is not writable, so that input may have been held back although the
    // owner wants it.
    takeInput();
    if (connection.state() != State.OPEN) {
      end();
    } else if (!ended) {
      endSending();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IoUringBufferRingExhaustedEvent) {
      if (!reading) loopState.readStop.cancelNext(channel);
    } else if (ended) {
      return;
    } else if (event == LOOP_ENDS) {
      connection.receiveEnd();
      settle(System.nanoTime());
    } else if (event == ChannelInputShutdownEvent.INSTANCE) {
      peerEndedItsHalf(System.nanoTime());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
    Throwable cause = thrown instanceof DecoderException ? thrown.getCause() : thrown;
    if (ended) return;
    if (cause instanceof IOException) {
      LOG.debug("{}: {}", channel.remoteAddress(), cause.getMessage());
      if (connection.state() == State.OPEN) listener.failed(cause);
      channel.close();
    } else {
      long held = ERRORS.ask();
      if (held >= 0) LOG.error("a connection failed{}", LogLimit.tail(held), thrown);
      boolean accepted = channel.parent() != null;
      if (cause instanceof OutOfMemoryError && accepted) AcceptFailures.rest(channel.parent());
      listener.failed(thrown);
      abort(BROKEN, LinkEnd.How.BROKEN);
    }
  }

  @Override
  long deadlineNanos() {
    long earliest = Deadlines.earlier(connection.deadlineNanos(), writer.stallDeadlineNanos());
    return connection.state() == State.OPEN
        ? Deadlines.earlier(earliest, Deadlines.earlier(closeDeadlineNanos, halfEndDeadlineNanos))
        : earliest;
  }

  @Override
  void deadlineReached(long now) {
    if (ended) return;
    if (writer.isStalled(now)) {
      giveUp();
    } else if (connection.state() == State.OPEN && Deadlines.isReached(closeDeadlineNanos, now)) {
      // The Close frame waited in vain for what was sent before it.
      connection.receiveEnd();
      settle(now);
    } else if (connection.state() == State.OPEN && Deadlines.isReached(halfEndDeadlineNanos, now)) {
      TcpEnd.cut(channel);
    } else {
      Event failure = connection.timeout(now);
      if (failure != null) listener.receive(failure);
      settle(now);
    }
  }

  @Override
  void turnIsOver() {
    updateReading();
  }

  @Override
  void turnHasCome() {
    takeInput();
  }

  private void hold(ByteBuffer in) {
    if (input == null) input = new Input();
    input.add(in);
    charge();
  }

  // Accounts for what is held of what was received. Only a message can be more than there is room
  // for: the rest is bounded, and its owner's to take.
  private void charge() {
    long bytes = ended ? 0 : connection.retainedBytes() + connection.windowBytes();
    if (input != null) bytes += input.bytes();
    if (ownerPaused && !ended) bytes += listener.heldBytes();
    if (bytes == chargedBytes) return;
    boolean grows = bytes > chargedBytes;
    boolean fits = options.budget().charge(bytes - chargedBytes);
    chargedBytes = bytes;
    if (fits || !grows || connection.retainedBytes() == 0) return;
    Event failure = connection.shed(System.nanoTime());
    if (failure != null) listener.receive(failure);
    charge();
  }

  private void takeInput() {
    while (input != null && !ended && !mustWait() && wantsEvents()) {
      if (!take(input.first(), System.nanoTime()) || ended) break;
      input.removeFirst();
      if (input.isEmpty()) input = null;
    }
    charge();
    updateReading();
    if (inputEnded && (input == null || connection.state() != State.OPEN)) end();
    if (halfEnded()) leaveUnlessOwed();
  }

  private void peerEndedItsHalf(long now) {
    halfEndDeadlineNanos = now + options.timeouts().close().toNanos();
    loopState.deadlines.schedule(this, now);
    settle(now);
    leaveUnlessOwed();
  }

  private boolean halfEnded() {
    return halfEndDeadlineNanos != Connection.NO_DEADLINE;
  }

  // A peer that has ended its half without a Close frame has left. But there may be one in what its
  // owner has not taken yet.
  private void leaveUnlessOwed() {
    State state = connection.state();
    if (input == null && (state == State.OPEN || state == State.CLOSE_SENT)) TcpEnd.cut(channel);
  }

  // Has the connection take the bytes; false if some are left because no more events are wanted
  // now.
  private boolean take(ByteBuffer in, long now) {
    boolean all = false;
    boolean hadShare = false;
    for (int events = 1; !all && !(hadShare && mustWait()) && wantsEvents(); events++) {
      Event event = connection.receive(in, now);
      if (connection.hasOutput()) writer.collectControl();
      all = event == null;
      if (event != null && !listener.receive(event)) ownerPaused = true;
      hadShare |= countEvents(events);
    }
    listener.took(System.nanoTime() - now);
    charge();
    updateReading();
    settle(now);
    // The end of the stream may be right behind, and would end the output before its turn.
    if (connection.state() != State.OPEN) writer.flush();
    return all;
  }

  private boolean wantsEvents() {
    State state = connection.state();
    if (state == State.DRAINING || state == State.CLOSED) return true;
    if (state == State.ANSWERING) return false;
    return !ownerPaused && (inputEnded || !writer.repliesWait());
  }

  private void updateReading() {
    // Not before what is here has been taken: some transports are quicker to read than we are to
    // say stop.
    boolean wanted = wantsEvents() && input == null && !awaitsTurn();
    if (wanted == reading || inputEnded || halfEnded()) return;
    // The channel is cut right away; to read once more would let the peer go on for a while.
    if (connection.state() == State.CLOSED) return;
    reading = wanted;
    long now = System.nanoTime();
    if (wanted) {
      connection.resumeReading(now);
    } else {
      connection.pauseReading();
    }
    channel.config().setAutoRead(wanted);
    loopState.deadlines.schedule(this, now);
  }

  // There is no other turn for what comes before the end of the stream.
  private boolean mustWait() {
    boolean little = input == null || input.bytes() < MAX_WAITING_BYTES;
    return awaitsTurn() && little && !inputEnded;
  }

  /** Reads on once the replies that were too many have gone. */
  void readOn() {
    if (!writer.repliesHaveGone()) return;
    updateReading();
    if (input != null) loop().execute(this::takeInput);
  }

  /** Sends the Close frame, now that all before it has been sent. */
  void closeNow(Close close) {
    long now = System.nanoTime();
    connection.close(close, now);
    settle(now);
  }

  /** Sends the answer that was held, now that all before it has been sent. */
  void answerNow() {
    long now = System.nanoTime();
    connection.answer(now);
    settle(now);
    loop().execute(this::takeInput);
  }

  // Follows the connection's state, after anything that may have changed it.
  private void settle(long now) {
    if (ended) return;
    if (connection.hasOutput()) writer.collectControl();
    State state = connection.state();
    if (state == State.OPEN) {
      loopState.deadlines.advance(this, now);
      return;
    }
    updateReading();
    if (closed == null && !state.maySend()) {
      closed = connection.closed();
      writer.outbox().close();
      if (input != null) loop().execute(this::takeInput);
    }
    boolean endsOutput = connection.endsOutput() || (state == State.DRAINING && halfEnded());
    if (endsOutput && !outputEnded) endOutput();
    if (state == State.CLOSED) {
      writer.flush();
      TcpEnd.cut(channel);
    } else {
      loopState.deadlines.schedule(this, now);
    }
  }

  private void endOutput() {
    outputEnded = true;
    writer
        .whenWritten()
        .thenRun(() -> {
          if (halfEnded()) {
            TcpEnd.close(channel);
          } else {
            TcpEnd.allowHalfClosure(channel, false);
            TcpEnd.shutdownOutput(channel);
          }
        });
  }

  private void end() {
    if (ended) return;
    ended = true;
    connection.receiveEnd();
    endSending();
    loopState.deadlines.remove(this);
    input = null;
    charge();
    listener.closed(connection.closed(), how);
  }

  // What has come can still be received, but the socket takes nothing any more.
  private void endSending() {
    closed = connection.closed();
    writer.end();
  }
}
