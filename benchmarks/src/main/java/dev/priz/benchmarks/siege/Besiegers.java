package dev.priz.benchmarks.siege;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The peers of an {@link Attack}, in a process of their own. */
final class Besiegers {
  // Not that of the bystanders.
  private static final byte[] SOURCE = {127, 0, 0, 2};
  private static final int TICK_MILLIS = 1;
  private static final int MAX_WRITES = 1_000;

  private final Attack attack;
  private final InetSocketAddress server;
  private final InetSocketAddress source;
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final ChannelGroup channels = new DefaultChannelGroup(loop);
  private final AtomicInteger answered = new AtomicInteger();
  private int begun;
  private boolean attacking;

  private Besiegers(Attack attack, int port) throws UnknownHostException {
    this.attack = attack;
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    source = new InetSocketAddress(InetAddress.getByAddress(SOURCE), 0);
  }

  /**
   * Attacks and leaves as the lines of the input say.
   *
   * @param arguments row and port
   */
  public static void main(String[] arguments) throws Exception {
    var besiegers = new Besiegers(Attack.named(arguments[0]), Integer.parseInt(arguments[1]));
    try (var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("attack")) {
          besiegers.loop.submit(besiegers::attack).sync();
        } else {
          System.out.println("left " + besiegers.loop.submit(besiegers::leave).get());
        }
      }
    }
    System.exit(0);
  }

  private void attack() {
    begun = 0;
    answered.set(0);
    attacking = true;
    long start = System.nanoTime();
    connect(start);
  }

  private void connect(long start) {
    if (!attacking) return;
    double seconds = (System.nanoTime() - start) / 1e9;
    // Who is late does not catch up with more than a tick's worth.
    int most = Math.max(1, attack.perSecond() * TICK_MILLIS / 1_000 * 4);
    int due = (int) Math.min(attack.peers(), seconds * attack.perSecond());
    for (int i = 0; begun < due && i < most; i++) connect();
    if (begun < attack.peers()) {
      loop.schedule(() -> connect(start), TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private String leave() {
    attacking = false;
    for (Channel channel : channels) reset(channel);
    return "of %,d that came, %,d were answered".formatted(begun, answered.get());
  }

  private void connect() {
    begun++;
    new Bootstrap()
        .group(loop)
        .channel(EpollSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.AUTO_READ, false)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channels.add(channel);
                channel.pipeline().addLast(new Besieger());
              }
            })
        .connect(server, source);
  }

  private static void reset(Channel channel) {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    channel.unsafe().close(channel.voidPromise());
  }

  private final class Besieger extends ChannelInboundHandlerAdapter {
    private final ByteBuf first = Unpooled.wrappedBuffer(attack.first());
    private final ByteBuf then = Unpooled.wrappedBuffer(attack.then());
    private int left = attack.times();
    private boolean wasAnswered;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.writeAndFlush(Unpooled.wrappedBuffer(attack.hello()), context.voidPromise());
      context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ((ByteBuf) message).release();
      if (!wasAnswered) {
        wasAnswered = true;
        answered.incrementAndGet();
        if (attack.leaves()) {
          reset(context.channel());
          return;
        }
        context.writeAndFlush(first, context.voidPromise());
        send(context);
      }
      if (attack.reads()) context.read();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (wasAnswered) send(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // Such as the reset that it has coming.
      context.close();
    }

    private void send(ChannelHandlerContext context) {
      for (int i = 0; left > 0 && context.channel().isWritable(); i++) {
        if (i == MAX_WRITES) {
          // It is the turn of the others.
          loop.execute(() -> send(context));
          break;
        }
        int bytes = Math.min(attack.piece(), then.readableBytes());
        context.write(then.readRetainedSlice(bytes), context.voidPromise());
        if (attack.piece() == 1) context.flush();
        if (then.isReadable()) continue;
        then.readerIndex(0);
        left--;
      }
      context.flush();
    }
  }
}
