package dev.priz.netty;

import dev.priz.protocol.ClientHandshake;
import dev.priz.protocol.Connection;
import dev.priz.protocol.Headers;
import dev.priz.protocol.Response;
import dev.priz.protocol.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A client's side of one TCP connection until it is a WebSocket: sends the handshake's request and
 * judges the response, after which a {@link LinkHandler} takes its place.
 */
final class ResponseGate extends TimedHandler {
  private static final int MAX_BODY_BYTES = 8 * 1024;
  private static final int MAX_INFORMATIONAL = 5;
  private static final String CLOSED = "the server closed the connection during the handshake";

  private final Channel channel;
  private final ClientHandshake handshake;
  private final LinkOptions options;
  private final boolean secure;
  private final Connector.Outcome outcome;
  private final long deadlineNanos;
  private int informational;
  // The response that refused, while its body comes in.
  private @Nullable Response refusing;
  private @Nullable String refusal;
  private @Nullable ByteBuf body;
  private boolean done;

  ResponseGate(
      Channel channel,
      ClientHandshake handshake,
      LinkOptions options,
      boolean secure,
      long deadlineNanos,
      Connector.Outcome outcome) {
    this.channel = channel;
    this.handshake = handshake;
    this.options = options;
    this.secure = secure;
    this.deadlineNanos = deadlineNanos;
    this.outcome = outcome;
  }

  /** Gives the handshake up, if it is not done. */
  void cancel() {
    fail(new CancellationException("connecting was cancelled"));
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    LoopState.of(channel.eventLoop()).deadlines.schedule(this, System.nanoTime());
    if (!secure) sendRequest();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent tls) {
      if (tls.isSuccess()) {
        sendRequest();
      } else {
        fail(new IOException("TLS handshake failed: " + Reason.of(tls.cause()), tls.cause()));
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (done) return;
      if (message instanceof HttpResponse head) {
        readHead(head);
      } else if (message instanceof HttpContent content && refusing != null) {
        readBody(content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (refusing != null) {
      refuse();
    } else {
      fail(new IOException(CLOSED));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
    fail(new IOException(Reason.of(thrown), thrown));
  }

  @Override
  long deadlineNanos() {
    return done ? Connection.NO_DEADLINE : deadlineNanos;
  }

  @Override
  void deadlineReached(long nowNanos) {
    if (refusing != null) {
      refuse();
    } else {
      fail(
          new IOException(
              "the server did not answer the handshake within " + options.timeouts().handshake()));
    }
  }

  private void sendRequest() {
    channel.writeAndFlush(HttpHead.encode(handshake.request(), channel.alloc()));
  }

  private void readHead(HttpResponse head) {
    if (head.decoderResult().isFailure()) {
      failToRead(head.decoderResult().cause());
      return;
    }
    int status = head.status().code();
    if (status < 100 || status > 599) {
      fail(new IOException("the server's response has the status " + status));
      return;
    }
    if (status < 200 && status != 101) {
      if (++informational > MAX_INFORMATIONAL) fail(new IOException("too many 1xx responses"));
      return;
    }
    Headers headers = HttpHead.headers(head.headers());
    if (headers == null) {
      fail(new IOException("a header field of the response is malformed"));
      return;
    }
    refusal = handshake.refusal(status, head.protocolVersion().text(), headers);
    if (refusal == null) {
      open(headers);
    } else {
      refusing = new Response(status, headers, new byte[0]);
      if (status == 101) refuse();
    }
  }

  private void failToRead(Throwable problem) {
    // The decoder's word for the end of the stream inside a response.
    if (problem instanceof PrematureChannelClosureException) {
      fail(new IOException(CLOSED));
    } else {
      fail(new IOException("the server's response is not HTTP: " + Reason.of(problem)));
    }
  }

  private void readBody(HttpContent content) {
    if (body == null) body = channel.alloc().buffer();
    ByteBuf part = content.content();
    body.writeBytes(part, Math.min(part.readableBytes(), MAX_BODY_BYTES - body.readableBytes()));
    if (content instanceof LastHttpContent || body.readableBytes() == MAX_BODY_BYTES) refuse();
  }

  private void open(Headers headers) {
    finish();
    channel.config().setAutoRead(false);
    var link =
        new LinkHandler(
            channel,
            Side.CLIENT,
            options,
            handshake.deflate(headers),
            opened -> outcome.opened(opened, headers));
    channel.pipeline().replace(this, null, link);
    // Gives up the bytes behind the response, which the link gets as the next in the pipeline.
    channel.pipeline().remove(HttpResponseDecoder.class);
  }

  private void refuse() {
    Response head = refusing;
    if (done || head == null) return;
    byte[] start = body == null ? new byte[0] : ByteBufUtil.getBytes(body);
    fail(
        new HandshakeRefusal(
            String.valueOf(refusal), new Response(head.status(), head.headers(), start)));
  }

  private void fail(Exception cause) {
    if (done) return;
    finish();
    channel.close();
    outcome.failed(cause);
  }

  private void finish() {
    done = true;
    LoopState.of(channel.eventLoop()).deadlines.remove(this);
    if (body != null) body.release();
    body = null;
  }
}
