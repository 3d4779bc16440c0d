package dev.priz.netty;

import dev.priz.protocol.Response;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A listening socket, and the handlers of all who connect to it. */
public final class Acceptor {
  private static final int BACKLOG = 4_096;

  private final Channel channel;
  private final Loops loops;
  private final ChannelGroup visitors;
  private final @Nullable ServerTls tls;

  private Acceptor(Channel channel, Loops loops, ChannelGroup visitors, @Nullable ServerTls tls) {
    this.channel = channel;
    this.loops = loops;
    this.visitors = visitors;
    this.tls = tls;
  }

  /**
   * Listens; waits until that is so.
   *
   * @param tls null for plain TCP
   * @throws IOException if the address cannot be bound
   * @throws IllegalArgumentException if TLS cannot be set up
   */
  public static Acceptor listen(
      Loops loops,
      InetSocketAddress address,
      @Nullable Tls tls,
      GateOptions options,
      Reception reception)
      throws IOException {
    ServerTls certificates = tls == null ? null : new ServerTls(tls);
    var visitors = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    var entrance = new Entrance(options, visitors);
    var threshold = new Threshold(entrance, reception, visitors);
    int mark = options.link().highMarkBytes();
    var bootstrap = new ServerBootstrap();
    if (tls == null) loops.ringOption().forEach(bootstrap::childOption);
    var binding =
        bootstrap
            .group(loops.acceptLoop(), loops.group())
            .channel(loops.kind().serverChannel())
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel server) {
                    server.pipeline().addLast(threshold, new AcceptFailures());
                  }
                })
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(mark / 2, mark))
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel visitor) {
                    if (certificates == null) loops.prepareReads(visitor);
                    var gate = new HttpGate(visitor, options, reception, entrance);
                    Response refusal = Threshold.refusal(visitor);
                    if (refusal != null) gate.turnAway(refusal);
                    install(visitor, certificates, options, gate, entrance);
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!binding.isSuccess()) {
      if (certificates != null) certificates.close();
      throw new IOException(
          "cannot listen on " + address + ": " + binding.cause().getMessage(), binding.cause());
    }
    return new Acceptor(binding.channel(), loops, visitors, certificates);
  }

  /** Where it listens, with the port that was picked if 0 was asked for. */
  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  /**
   * Takes the certificates that are in the files now; blocks.
   *
   * @return whether any have changed
   * @throws IllegalArgumentException if a file cannot be read or used
   * @throws IllegalStateException if this is plain TCP
   */
  public boolean reloadTls() {
    if (tls == null) throw new IllegalStateException("the server does not speak TLS");
    return tls.reload();
  }

  /** Accepts no one any more; waits until that is so. */
  public void stopListening() {
    channel.close().awaitUninterruptibly();
    // Whom one loop has accepted for another is a visitor only once that has taken him.
    loops.awaitTasks();
  }

  /** Ends every TCP connection that is left, and waits until all have ended. */
  public void closeVisitors() {
    visitors.close().awaitUninterruptibly();
    if (tls != null) tls.close();
  }

  private static void install(
      Channel visitor,
      @Nullable ServerTls tls,
      GateOptions options,
      HttpGate gate,
      Entrance entrance) {
    var limits = options.link().limits();
    var config =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.maxRequestLineBytes())
            .setMaxHeaderSize(limits.maxHeaderBytes())
            // Headers does that, and no field is looked at before.
            .setValidateHeaders(false);
    var pipeline = visitor.pipeline();
    if (entrance.isGreeted(visitor)) {
      pipeline.addLast(new ProxyGreeting.Decoder(), new ProxyGreeting(entrance, gate));
    }
    if (tls != null) tls.install(visitor);
    pipeline.addLast(new HttpRequestDecoder(config), gate);
  }
}
