package dev.priz.fault;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A bad network between a client and a server on this machine: passes TCP on byte by byte, and does
 * to each direction what a {@link Flow} says. New flows hold for the connections that come later.
 */
public final class FaultProxy implements AutoCloseable {
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("fault-proxy", true), NioIoHandler.newFactory());
  private final InetSocketAddress target;
  private final Channel listening;
  private volatile Flow fromClient = Flow.CLEAN;
  private volatile Flow fromServer = Flow.CLEAN;
  private volatile Duration maxIdle = Duration.ZERO;

  private FaultProxy(int targetPort) {
    target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
    listening =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            // Not before the way on is open.
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel client) {
                    accept(client);
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  /** A network to a server on this machine, without faults at first. */
  public static FaultProxy to(int port) {
    return new FaultProxy(port);
  }

  /** Where clients connect to instead. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** What becomes of the bytes of clients. */
  public FaultProxy fromClient(Flow flow) {
    fromClient = flow;
    return this;
  }

  /** What becomes of the bytes of the server. */
  public FaultProxy fromServer(Flow flow) {
    fromServer = flow;
    return this;
  }

  /** Cuts connections on which nothing has passed for a while, as many proxies do. */
  public FaultProxy cutsIdleAfter(Duration idle) {
    maxIdle = idle;
    return this;
  }

  /** Ends everything. */
  @Override
  public void close() {
    listening.close().syncUninterruptibly();
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private void accept(Channel client) {
    Flow up = fromClient;
    Flow down = fromServer;
    var idle = new IdleWatch(maxIdle);
    ChannelFuture connecting =
        new Bootstrap()
            // The same loop, so that a connection has one order of events.
            .group(client.eventLoop())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel server) {
                    client.pipeline().addLast(new Pipe(server, up, idle));
                    server.pipeline().addLast(new Pipe(client, down, idle));
                  }
                })
            .connect(target);
    connecting.addListener(connected -> {
      if (!connected.isSuccess()) {
        client.close();
        return;
      }
      for (Channel end : new Channel[] {client, connecting.channel()}) {
        end.pipeline().get(Pipe.class).start(end);
      }
    });
  }
}
