package dev.priz.netty;

import dev.priz.protocol.ClientHandshake;
import dev.priz.protocol.Headers;
import dev.priz.protocol.WebSocketUri;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens a client's connections. */
public final class Connector implements AutoCloseable {
  private static final int CLOSE_SECONDS = 5;

  // Once closed, it closes what is added too.
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();
  private final HostLookups lookups = new HostLookups();
  private final Loops loops;
  private final LinkOptions options;
  private final HostResolver resolver;
  private final @Nullable ProxyServer proxy;
  private final SslContext tls;
  private volatile boolean closed;

  /**
   * A connector; it owns the connections, but not the loops.
   *
   * @param proxy through which all connections go, or null
   * @throws IllegalArgumentException if TLS cannot be set up
   */
  public Connector(
      Loops loops,
      LinkOptions options,
      Tls tls,
      HostResolver resolver,
      @Nullable ProxyServer proxy) {
    this.loops = loops;
    this.options = options;
    this.resolver = resolver;
    this.proxy = proxy;
    this.tls = tls.clientContext();
  }

  /** Learns what becomes of an attempt, on an event loop; only the first call counts. */
  public interface Outcome {
    /** The connection is open; makes the link's listener, before anything is read. */
    LinkListener opened(Link link, Headers responseHeaders);

    /** Whether the body of a response that refuses is to be waited for. */
    boolean wantsBody(int status);

    /**
     * It is not.
     *
     * @param cause a {@link HandshakeRefusal}, an {@link AddressRefusal}, or what else went wrong
     */
    void failed(Exception cause);
  }

  /**
   * An attempt to connect and shake hands, which has not begun.
   *
   * @param deadlineNanos when it fails, on the clock of {@link System#nanoTime}
   * @param addressCheck has a say in the addresses, or null
   */
  public Attempt attempt(
      WebSocketUri uri,
      ClientHandshake handshake,
      long deadlineNanos,
      @Nullable AddressCheck addressCheck,
      Outcome outcome) {
    EventLoop loop = loops.group().next();
    return new Attempt(this, loop, uri, handshake, deadlineNanos, addressCheck, outcome);
  }

  /** Ends all connections and attempts; waits until that is so, but on an event loop. */
  @Override
  public void close() {
    closed = true;
    attempts.forEach(Attempt::close);
    lookups.close();
    channels.forEach(channel -> channel.pipeline().fireUserEventTriggered(LinkHandler.LOOP_ENDS));
    ChannelGroupFuture ended = channels.close();
    if (!Loops.isCurrent()) ended.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    ReferenceCountUtil.release(tls);
  }

  /** Notes an attempt that is to end with this; false if this has ended. */
  boolean add(Attempt attempt) {
    attempts.add(attempt);
    return !closed;
  }

  /** Forgets an attempt that is over. */
  void remove(Attempt attempt) {
    attempts.remove(attempt);
  }

  HostLookups lookups() {
    return lookups;
  }

  HostResolver resolver() {
    return resolver;
  }

  @Nullable ProxyServer proxy() {
    return proxy;
  }

  Duration patience() {
    return options.timeouts().handshake();
  }

  HttpDecoderConfig decoderConfig() {
    var limits = options.limits();
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(limits.maxRequestLineBytes())
        .setMaxHeaderSize(limits.maxHeaderBytes());
  }

  /**
   * Makes channels for one attempt.
   *
   * @param secure whether there will be TLS on them
   */
  Bootstrap bootstrap(EventLoop loop, boolean secure) {
    int mark = options.highMarkBytes();
    var bootstrap = new Bootstrap();
    if (!secure) loops.ringOption().forEach(bootstrap::option);
    return bootstrap
        .group(loop)
        .channel(loops.kind().clientChannel())
        .disableResolver()
        .option(ChannelOption.TCP_NODELAY, true)
        // The attempt has a deadline for everything.
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(mark / 2, mark))
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channels.add(channel);
                if (!secure) loops.prepareReads(channel);
              }
            });
  }

  /** Has a connected channel shake hands with the server; on its event loop. */
  void shakeHands(
      Channel channel,
      WebSocketUri uri,
      ClientHandshake handshake,
      long deadlineNanos,
      Outcome outcome) {
    var gate = new ResponseGate(channel, handshake, options, uri.secure(), deadlineNanos, outcome);
    var decoder = new HttpResponseDecoder(decoderConfig());
    ChannelPipeline pipeline = channel.pipeline().addLast(decoder, gate);
    if (!uri.secure()) return;
    // Last, because it begins at once, and the gate is to learn the end of it.
    SslHandler handler = tls.newHandler(channel.alloc(), uri.host(), uri.port());
    // The gate has a deadline for everything.
    handler.setHandshakeTimeoutMillis(0);
    pipeline.addBefore(pipeline.context(decoder).name(), null, handler);
  }
}
