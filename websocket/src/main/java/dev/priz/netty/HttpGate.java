package dev.priz.netty;

import dev.priz.protocol.Connection;
import dev.priz.protocol.DeflateAgreement;
import dev.priz.protocol.Headers;
import dev.priz.protocol.Request;
import dev.priz.protocol.Response;
import dev.priz.protocol.ServerHandshake;
import dev.priz.protocol.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's side of one TCP connection until it is a WebSocket: plain HTTP requests one after
 * another, or an opening handshake, after which a {@link LinkHandler} takes its place.
 *
 * <pre>
 *   READING ──plain request──► ANSWERING ──answer──► READING
 *      │                           └─────last answer────────┐
 *      ├──handshake──► DECIDING ──accept──► (LinkHandler)   ▼
 *      │                   └──refuse, too late──────────► LEAVING
 *      └──bad request, too late─────────────────────────────▲
 * </pre>
 */
final class HttpGate extends TimedHandler {
  private static final Logger LOG = LoggerFactory.getLogger(HttpGate.class);
  private static final int MAX_BODY_BYTES = 64 * 1024;

  private final Channel channel;
  private final GateOptions options;
  private final Reception reception;
  private final Entrance entrance;
  private final EarlyInput early;
  private @Nullable Response turnedAway;
  private long drainedBytes;
  private long answerProgress;
  private State state = State.READING;
  private long deadlineNanos;
  private @Nullable Request request;
  private @Nullable ByteBuf body;
  private @Nullable Visit visit;

  HttpGate(Channel channel, GateOptions options, Reception reception, Entrance entrance) {
    this.channel = channel;
    this.options = options;
    this.reception = reception;
    this.entrance = entrance;
    early = new EarlyInput(channel);
  }

  /** Has the first request answered so, whatever it is. */
  void turnAway(Response response) {
    turnedAway = response;
  }

  private enum State {
    READING,
    ANSWERING,
    DECIDING,
    LEAVING
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    if (channel.isActive()) channelActive(context);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    startClock();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent tls && tls.isSuccess()) {
      Tls.refuseMoreHandshakes(channel);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    switch (state) {
      case READING -> read(message);
      case ANSWERING -> holdPipelined(message);
      case DECIDING -> holdEarly(message);
      case LEAVING -> drain(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    state = State.LEAVING;
    release();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // Resets, failed TLS handshakes and the like: a server on the internet sees them all day.
    LOG.debug("{} before a handshake: {}", channel.remoteAddress(), cause.toString());
    if (cause instanceof OutOfMemoryError) AcceptFailures.rest(channel.parent());
    leave();
    channel.close();
  }

  @Override
  long deadlineNanos() {
    return state == State.ANSWERING ? Connection.NO_DEADLINE : deadlineNanos;
  }

  @Override
  void deadlineReached(long nowNanos) {
    if (state == State.DECIDING) {
      respond(Response.text(503, "the server took too long to decide"), true);
    } else if (answerMoves()) {
      startClock();
    } else if (state == State.LEAVING || request == null) {
      TcpEnd.cut(channel);
    } else {
      respond(Response.text(408, "the request took too long"), true);
    }
  }

  private void read(Object message) {
    if (message instanceof HttpRequest head) {
      readHead(head);
    } else if (message instanceof HttpContent content) {
      readContent(content);
    }
  }

  private void readHead(HttpRequest head) {
    Response refusal = HttpHead.refusal(head, options.link().limits());
    if (refusal == null) refusal = turnedAway;
    if (refusal != null) {
      respond(refusal, true);
      return;
    }
    Request received = HttpHead.request(head);
    if (received == null) {
      respond(Response.text(400, "a header field is malformed"), true);
      return;
    }
    request = received;
    if (received.wantsWebSocket() || !reception.servesHttp()) examine(received);
  }

  private void examine(Request handshakeRequest) {
    Response refusal = entrance.arrive(channel, handshakeRequest);
    if (refusal != null) {
      respond(refusal, true);
      return;
    }
    boolean secure = Peer.isSecure(channel, options.secure());
    switch (ServerHandshake.examine(
        handshakeRequest, options.origins(), secure, options.link().deflate())) {
      case ServerHandshake.Finding.Refused refused -> respond(refused.response(), true);
      case ServerHandshake.Finding.Proper proper -> {
        // Whatever follows the request is no longer HTTP.
        state = State.DECIDING;
        endHttp();
        visit = new Visit(proper.handshake(), handshakeRequest);
        reception.decide(handshakeRequest, proper.handshake(), visit);
      }
    }
  }

  private void readContent(HttpContent content) {
    Request current = request;
    if (current == null) {
      content.release();
      return;
    }
    if (body == null) body = channel.alloc().buffer();
    if (body.readableBytes() + content.content().readableBytes() > MAX_BODY_BYTES) {
      content.release();
      respond(Response.text(413, "the body is over " + MAX_BODY_BYTES + " bytes"), true);
      return;
    }
    body.writeBytes(content.content());
    boolean last = content instanceof LastHttpContent;
    content.release();
    if (last) serve(current, body);
  }

  private void serve(Request current, ByteBuf content) {
    state = State.ANSWERING;
    channel.config().setAutoRead(false);
    byte[] bytes = ByteBufUtil.getBytes(content);
    content.release();
    body = null;
    visit = new Visit(null, current);
    reception.serve(current, bytes, visit);
  }

  private void holdPipelined(Object message) {
    early.add(message);
    if (message instanceof HttpRequest head) {
      Request received = HttpHead.request(head);
      // Not only once it is its turn: what follows it would have been taken for HTTP by then.
      if (received != null && received.wantsWebSocket()) endHttp();
    }
  }

  // Whatever follows is passed on as it is.
  private void endHttp() {
    if (channel.pipeline().get(HttpRequestDecoder.class) == null) return;
    channel.pipeline().remove(HttpRequestDecoder.class);
  }

  private void holdEarly(Object message) {
    if (!early.hold(message)) {
      leave();
      channel.close();
    }
    ReferenceCountUtil.release(message);
  }

  private void drain(Object message) {
    drainedBytes +=
        switch (message) {
          case HttpContent content -> content.content().readableBytes();
          case ByteBuf bytes -> bytes.readableBytes();
          default -> 0;
        };
    ReferenceCountUtil.release(message);
    if (drainedBytes > options.link().limits().maxDrainBytes()) channel.close();
  }

  // Whether the last answer is still being read, slowly.
  private boolean answerMoves() {
    var queue = channel.unsafe().outboundBuffer();
    if (queue == null || queue.isEmpty()) return false;
    long before = answerProgress;
    answerProgress = queue.currentProgress();
    return answerProgress != before;
  }

  // Answers the current request, and then closes or reads the next one.
  private void respond(Response response, boolean close) {
    boolean withBody = visit == null || !visit.current.method().equals("HEAD");
    ByteBuf bytes = HttpHead.encode(response, close, withBody, channel.alloc());
    ChannelFuture written = channel.writeAndFlush(bytes);
    if (close) {
      boolean plain = visit != null && visit.handshake == null;
      if (!plain) reception.refused(request, Peer.address(channel), response);
      leave();
      startClock();
      written.addListener(done -> TcpEnd.linger(channel, options.link()));
      return;
    }
    request = null;
    visit = null;
    state = State.READING;
    startClock();
    channel.config().setAutoRead(true);
    while (state == State.READING) {
      Object next = early.poll();
      if (next == null) break;
      read(next);
    }
  }

  private void open(Response response, @Nullable DeflateAgreement agreement, Link.Owner owner) {
    state = State.LEAVING;
    visit = null;
    LoopState.of(channel.eventLoop()).deadlines.remove(this);
    channel.write(HttpHead.encode(response, false, true, channel.alloc()), channel.voidPromise());
    var link = new LinkHandler(channel, Side.SERVER, options.link(), agreement, owner);
    channel.pipeline().replace(this, null, link);
    ChannelHandlerContext context = channel.pipeline().context(link);
    for (Object bytes = early.poll(); bytes != null; bytes = early.poll()) {
      link.channelRead(context, bytes);
    }
    link.channelReadComplete(context);
    channel.flush();
  }

  private void leave() {
    state = State.LEAVING;
    LoopState.of(channel.eventLoop()).deadlines.remove(this);
    release();
  }

  private void release() {
    LoopState.of(channel.eventLoop()).deadlines.remove(this);
    early.release();
    if (body != null) body.release();
    body = null;
    if (visit != null) visit.leave();
    visit = null;
  }

  private void startClock() {
    long now = System.nanoTime();
    deadlineNanos = now + options.link().timeouts().handshake().toNanos();
    LoopState.of(channel.eventLoop()).deadlines.schedule(this, now);
  }

  /** The request that is being answered. */
  private final class Visit implements Reception.Visitor {
    private final @Nullable ServerHandshake handshake;
    private final Request current;
    private @Nullable Runnable onLeave;
    private boolean answered;

    Visit(@Nullable ServerHandshake handshake, Request current) {
      this.handshake = handshake;
      this.current = current;
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
      return Peer.address(channel);
    }

    @Override
    public boolean isSecure() {
      return Peer.isSecure(channel, options.secure());
    }

    @Override
    public void accept(@Nullable String subprotocol, Headers extra, Link.Owner owner) {
      ServerHandshake proper = handshake;
      if (proper == null) throw new IllegalStateException("a plain HTTP request opens nothing");
      // On the caller's thread, because it could be the caller's fault if this fails.
      Response response = proper.accept(subprotocol, extra);
      onLoop(() -> open(response, proper.deflate(), owner));
    }

    @Override
    public void respond(Response response) {
      onLoop(() -> HttpGate.this.respond(response, isLast()));
    }

    @Override
    public void onLeave(Runnable action) {
      channel.eventLoop().execute(() -> watch(action));
    }

    private void watch(Runnable action) {
      if (visit == this) {
        onLeave = action;
      } else if (!answered) {
        action.run();
      }
    }

    // RFC 9112 §9.3: a connection persists unless "close" is said, or the version is older than
    // 1.1.
    private boolean isLast() {
      return handshake != null
          || !current.version().equals("HTTP/1.1")
          || current.headers().hasToken("Connection", "close");
    }

    private void leave() {
      if (onLeave != null) onLeave.run();
      onLeave = null;
    }

    private void onLoop(Runnable answer) {
      channel
          .eventLoop()
          .execute(() -> {
            if (answered || visit != this || !channel.isActive()) return;
            answered = true;
            onLeave = null;
            answer.run();
          });
    }
  }
}
