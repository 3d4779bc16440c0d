package dev.priz.netty;

import dev.priz.protocol.Connection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;

/**
 * What a client's channel has to pass before it is a WebSocket: asks in HTTP, and judges the answer
 * in time. To be added to a connected channel; tells its end once.
 */
abstract sealed class ClientGate extends TimedHandler permits ProxyGate, ResponseGate {
  private static final int MAX_INFORMATIONAL = 5;

  final Channel channel;
  private final String peer;
  private final Duration patience;
  private final long deadlineNanos;
  private int informational;
  private boolean done;

  /**
   * A gate.
   *
   * @param peer who answers, in words
   * @param patience how long all that the deadline is for may take, in words again
   */
  ClientGate(Channel channel, String peer, Duration patience, long deadlineNanos) {
    this.channel = channel;
    this.peer = peer;
    this.patience = patience;
    this.deadlineNanos = deadlineNanos;
  }

  /** The channel is there: asks, unless something else comes first. */
  abstract void begin();

  /** Takes the head of the answer, with a status between 200 and 599 or 101. */
  abstract void receiveHead(HttpResponse head, int status);

  /** Takes a part of the answer's body. */
  abstract void receiveBody(HttpContent content);

  /** The input or the time has ended: whether what has come is an answer nevertheless. */
  abstract boolean settle();

  /** Learns why the gate was not passed. */
  abstract void failed(Exception cause);

  /** Gives up at once, if the gate is not passed. */
  final void giveUp(Exception cause) {
    if (done) return;
    finish();
    TcpEnd.cut(channel);
    failed(cause);
  }

  @Override
  public final void handlerAdded(ChannelHandlerContext context) {
    LoopState.of(channel.eventLoop()).deadlines.schedule(this, System.nanoTime());
    begin();
  }

  @Override
  public final void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (done) return;
      if (message instanceof HttpResponse head) {
        readHead(head);
      } else if (message instanceof HttpContent content) {
        receiveBody(content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public final void channelInactive(ChannelHandlerContext context) {
    if (!done && !settle()) fail(closed());
  }

  @Override
  public final void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
    fail(new IOException(Reason.of(thrown), thrown));
  }

  @Override
  final long deadlineNanos() {
    return done ? Connection.NO_DEADLINE : deadlineNanos;
  }

  @Override
  final void deadlineReached(long nowNanos) {
    if (done || settle()) return;
    giveUp(new IOException(peer + " did not answer the handshake within " + patience));
  }

  /** Ends the connection, politely, for a reason that the peer gave. */
  final void fail(Exception cause) {
    if (done) return;
    finish();
    channel.close();
    failed(cause);
  }

  /** Nothing is asked or judged any more. */
  void finish() {
    done = true;
    LoopState.of(channel.eventLoop()).deadlines.remove(this);
  }

  private void readHead(HttpResponse head) {
    if (head.decoderResult().isFailure()) {
      failToRead(head.decoderResult().cause());
      return;
    }
    int status = head.status().code();
    if (status < 100 || status > 599) {
      fail(new IOException(peer + "'s response has the status " + status));
    } else if (status >= 200 || status == 101) {
      receiveHead(head, status);
    } else if (++informational > MAX_INFORMATIONAL) {
      fail(new IOException("too many 1xx responses"));
    }
  }

  private void failToRead(Throwable problem) {
    // The decoder's word for the end of the stream inside a response.
    if (problem instanceof PrematureChannelClosureException) {
      fail(closed());
    } else {
      fail(new IOException(peer + "'s response is not HTTP: " + Reason.of(problem)));
    }
  }

  private IOException closed() {
    return new IOException(peer + " closed the connection during the handshake");
  }
}
