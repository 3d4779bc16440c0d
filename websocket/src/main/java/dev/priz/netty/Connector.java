package dev.priz.netty;

import dev.priz.protocol.ClientHandshake;
import dev.priz.protocol.Headers;
import dev.priz.protocol.WebSocketUri;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Opens a client's connections. */
public final class Connector implements AutoCloseable {
  private static final int CLOSE_SECONDS = 5;

  // Once closed, it closes what is added too.
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final Loops loops;
  private final LinkOptions options;
  private final SslContext tls;

  /**
   * A connector; it owns the connections, but not the loops.
   *
   * @throws IllegalArgumentException if TLS cannot be set up
   */
  public Connector(Loops loops, LinkOptions options, Tls tls) {
    this.loops = loops;
    this.options = options;
    this.tls = tls.clientContext();
  }

  /** Learns what becomes of an attempt, on an event loop; only the first call counts. */
  public interface Outcome {
    /** The connection is open; makes the link's listener, before anything is read. */
    LinkListener opened(Link link, Headers responseHeaders);

    /**
     * It is not.
     *
     * @param cause a {@link HandshakeRefusal}, or what else went wrong
     */
    void failed(Exception cause);
  }

  /**
   * Connects and shakes hands.
   *
   * @return gives the attempt up when it is run, if the connection is not open yet
   */
  public Runnable connect(WebSocketUri uri, ClientHandshake handshake, Outcome outcome) {
    long deadline = System.nanoTime() + options.timeouts().handshake().toNanos();
    int mark = options.highMarkBytes();
    var bootstrap = new Bootstrap();
    if (!uri.secure()) loops.ringOption().forEach(bootstrap::option);
    ChannelFuture connecting =
        bootstrap
            .group(loops.group())
            .channel(loops.kind().clientChannel())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                (int) Math.min(Integer.MAX_VALUE, options.timeouts().handshake().toMillis()))
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(mark / 2, mark))
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    // So that callbacks know that they are on a loop even if it never connects.
                    var unused = LoopState.of(channel.eventLoop());
                    channels.add(channel);
                    if (!uri.secure()) loops.prepareReads(channel);
                    install(
                        channel,
                        uri,
                        new ResponseGate(
                            channel, handshake, options, uri.secure(), deadline, outcome));
                  }
                })
            .connect(uri.host(), uri.port());
    Channel channel = connecting.channel();
    connecting.addListener(connected -> {
      Throwable cause = connected.cause();
      if (cause != null) outcome.failed(new IOException(Reason.of(cause), cause));
    });
    // Loops that are ending may not tell the listener.
    if (loops.group().isShuttingDown()) outcome.failed(new IOException("the client is closing"));
    return () -> channel.eventLoop().execute(() -> cancel(channel));
  }

  /** Ends all connections and attempts; waits until that is so, but on an event loop. */
  @Override
  public void close() {
    channels.forEach(channel -> channel.pipeline().fireUserEventTriggered(LinkHandler.LOOP_ENDS));
    ChannelGroupFuture ended = channels.close();
    if (!LoopState.isLoop()) ended.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    ReferenceCountUtil.release(tls);
  }

  // The gate has gone once the connection is open.
  private static void cancel(Channel channel) {
    var gate = channel.pipeline().get(ResponseGate.class);
    if (gate != null) gate.cancel();
  }

  private void install(Channel channel, WebSocketUri uri, ResponseGate gate) {
    var limits = options.limits();
    var config =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.maxRequestLineBytes())
            .setMaxHeaderSize(limits.maxHeaderBytes());
    var pipeline = channel.pipeline();
    if (uri.secure()) pipeline.addLast(tls.newHandler(channel.alloc(), uri.host(), uri.port()));
    pipeline.addLast(new HttpResponseDecoder(config), gate);
  }
}
