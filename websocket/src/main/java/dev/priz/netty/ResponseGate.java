package dev.priz.netty;

import dev.priz.protocol.ClientHandshake;
import dev.priz.protocol.Headers;
import dev.priz.protocol.Response;
import dev.priz.protocol.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A client's side of the opening handshake: sends the request and judges the response, after which
 * a {@link LinkHandler} takes its place.
 */
final class ResponseGate extends ClientGate {
  private static final int MAX_BODY_BYTES = 8 * 1024;

  private final ClientHandshake handshake;
  private final LinkOptions options;
  private final boolean secure;
  private final Connector.Outcome outcome;
  // The response that refused, while its body comes in.
  private @Nullable Response refusing;
  private @Nullable String refusal;
  private @Nullable ByteBuf body;

  ResponseGate(
      Channel channel,
      ClientHandshake handshake,
      LinkOptions options,
      boolean secure,
      long deadlineNanos,
      Connector.Outcome outcome) {
    super(channel, "the server", options.timeouts().handshake(), deadlineNanos);
    this.handshake = handshake;
    this.options = options;
    this.secure = secure;
    this.outcome = outcome;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent tls) {
      if (tls.isSuccess()) {
        Tls.refuseMoreHandshakes(channel);
        sendRequest();
      } else {
        fail(new IOException("TLS handshake failed: " + Reason.of(tls.cause()), tls.cause()));
      }
    }
  }

  @Override
  void begin() {
    if (!secure) sendRequest();
  }

  @Override
  void receiveHead(HttpResponse head, int status) {
    if (HttpHead.isOver(options.limits(), head.headers())) {
      fail(new IOException("the response has too many or too long headers"));
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
      if (status == 101 || !outcome.wantsBody(status)) refuse(refusing);
    }
  }

  @Override
  void receiveBody(HttpContent content) {
    Response head = refusing;
    if (head == null) return;
    if (body == null) body = channel.alloc().buffer();
    ByteBuf part = content.content();
    body.writeBytes(part, Math.min(part.readableBytes(), MAX_BODY_BYTES - body.readableBytes()));
    if (content instanceof LastHttpContent || body.readableBytes() == MAX_BODY_BYTES) refuse(head);
  }

  // A refusal is one also without the rest of its body.
  @Override
  boolean settle() {
    Response head = refusing;
    if (head != null) refuse(head);
    return head != null;
  }

  @Override
  void failed(Exception cause) {
    outcome.failed(cause);
  }

  @Override
  void finish() {
    super.finish();
    if (body != null) body.release();
    body = null;
  }

  private void sendRequest() {
    channel.writeAndFlush(HttpHead.encode(handshake.request(), channel.alloc()));
  }

  private void open(Headers headers) {
    finish();
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

  private void refuse(Response head) {
    byte[] start = body == null ? new byte[0] : ByteBufUtil.getBytes(body);
    fail(
        new HandshakeRefusal(
            String.valueOf(refusal),
            new Response(head.status(), head.headers(), start),
            channel.remoteAddress()));
  }
}
