package dev.priz.benchmarks.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Netty with its own WebSocket codec. */
public final class NettyEcho {
  // Only where it is wanted, as it is a handler that each handshake passes through.
  private static final boolean DEFLATES = Boolean.getBoolean("deflate");
  private static final ChannelGroup SUBSCRIBERS =
      new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  private NettyEcho() {}

  /**
   * Starts the server.
   *
   * @param args port, transport, and {@code alone} if no message is to refer to those before
   */
  public static void main(String[] args) throws InterruptedException {
    new ServerBootstrap()
        .group(new MultiThreadIoEventLoopGroup(1, handlers(args[1])))
        .channel(channel(args[1]))
        .option(ChannelOption.SO_BACKLOG, 4096)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(new Pipeline(args.length > 2))
        .bind("127.0.0.1", Integer.parseInt(args[0]))
        .sync();
  }

  private static IoHandlerFactory handlers(String transport) {
    return switch (transport) {
      case "io_uring" -> IoUringIoHandler.newFactory();
      case "epoll" -> EpollIoHandler.newFactory();
      default -> NioIoHandler.newFactory();
    };
  }

  private static Class<? extends ServerChannel> channel(String transport) {
    return switch (transport) {
      case "io_uring" -> IoUringServerSocketChannel.class;
      case "epoll" -> EpollServerSocketChannel.class;
      default -> NioServerSocketChannel.class;
    };
  }

  private static final class Pipeline extends ChannelInitializer<Channel> {
    private final WebSocketServerProtocolConfig config =
        WebSocketServerProtocolConfig.newBuilder()
            .websocketPath("/")
            .checkStartsWith(true)
            .allowExtensions(DEFLATES)
            .maxFramePayloadLength(2 << 20)
            .build();
    private final boolean alone;

    Pipeline(boolean alone) {
      this.alone = alone;
    }

    // Netty leaves it to clients to ask for messages that stand alone; this is as if each did.
    private static @Nullable WebSocketServerExtension agreeOnAlone(WebSocketExtensionData offer) {
      Map<String, @Nullable String> parameters = new HashMap<>(offer.parameters());
      parameters.put("server_no_context_takeover", null);
      parameters.put("client_no_context_takeover", null);
      return new PerMessageDeflateServerExtensionHandshaker(6, true, 15, true, true, 0)
          .handshakeExtension(new WebSocketExtensionData(offer.name(), parameters));
    }

    @Override
    protected void initChannel(Channel channel) {
      channel
          .pipeline()
          .addLast(new HttpServerCodec())
          .addLast(new HttpObjectAggregator(64 * 1024));
      if (DEFLATES) {
        channel
            .pipeline()
            .addLast(
                alone
                    ? new WebSocketServerExtensionHandler(Pipeline::agreeOnAlone)
                    : new WebSocketServerCompressionHandler(0));
      }
      channel.pipeline().addLast(new WebSocketServerProtocolHandler(config)).addLast(new Echo());
    }
  }

  /** Collects what belongs to one read, and flushes once. */
  private static final class Echo extends ChannelInboundHandlerAdapter {
    private boolean broadcasts;

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof HandshakeComplete handshake
          && handshake.requestUri().equals("/broadcast")) {
        broadcasts = true;
        SUBSCRIBERS.add(context.channel());
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      if (broadcasts) {
        SUBSCRIBERS.write(frame);
      } else {
        context.write(frame);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      if (broadcasts) {
        SUBSCRIBERS.flush();
      } else {
        context.flush();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
