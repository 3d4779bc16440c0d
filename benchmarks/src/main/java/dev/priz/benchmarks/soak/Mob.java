package dev.priz.benchmarks.soak;

import dev.priz.benchmarks.soak.Misdeed.Reading;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.URI;
import java.util.List;
import java.util.SplittableRandom;
import javax.net.ssl.SSLException;

/** Starts the peers that misbehave. For use by the pacer's thread. */
final class Mob {
  private static final int TLS_PERCENT = 15;
  private static final int SMALL_BUFFER_BYTES = 4_096;

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final SslContext tls;
  private final List<URI> servers;
  private final SplittableRandom random;
  private final Tally tally;
  private final Due aborts = new Due();
  private final Due faults = new Due();
  private final Due slowReaders = new Due();

  /** Nobody yet. */
  Mob(List<String> addresses, long seed, Tally tally) throws SSLException {
    servers = addresses.stream().map(URI::create).toList();
    random = new SplittableRandom(seed);
    this.tally = tally;
    tls =
        SslContextBuilder.forClient()
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .endpointIdentificationAlgorithm("")
            .build();
  }

  /**
   * Starts who is due.
   *
   * @param perSecond how many of them a second, of all kinds
   * @param seconds since the last turn
   */
  void turn(double perSecond, double seconds) {
    start(Misdeed.ABORTS, aborts.take(perSecond * 0.6 * seconds));
    start(Misdeed.FAULTS, faults.take(perSecond * 0.34 * seconds));
    start(Misdeed.SLOW_READERS, slowReaders.take(perSecond * 0.06 * seconds));
  }

  /** Ends all that are left, with a RST. */
  void disperse() {
    for (Channel channel : channels) channel.eventLoop().execute(() -> RawPeer.reset(channel));
  }

  private void start(List<Misdeed> misdeeds, int count) {
    for (int i = 0; i < count; i++) start(misdeeds.get(random.nextInt(misdeeds.size())));
  }

  private void start(Misdeed misdeed) {
    tally.count(Figure.MISDEEDS);
    boolean slow = misdeed.reading() != Reading.ALL;
    // TLS reads a whole record at a time, however slowly it is asked to.
    boolean canBeSecure = misdeed.reading() == Reading.ALL || misdeed.reading() == Reading.NOTHING;
    boolean secure = random.nextInt(100) < TLS_PERCENT && canBeSecure;
    // Now and then without a word of TLS.
    boolean speaksTls = secure && (slow || random.nextInt(4) > 0);
    URI server = secure ? servers.getLast() : servers.get(random.nextInt(servers.size() - 1));
    SplittableRandom own = random.split();
    var bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true);
    if (slow) {
      int bytes = misdeed.reading() == Reading.CRAWLING ? 256 : SMALL_BUFFER_BYTES;
      bootstrap
          .option(ChannelOption.SO_RCVBUF, SMALL_BUFFER_BYTES)
          .option(
              ChannelOption.RECVBUF_ALLOCATOR,
              new FixedRecvByteBufAllocator(bytes).maxMessagesPerRead(1));
    }
    bootstrap
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channels.add(channel);
                if (speaksTls) channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                channel.pipeline().addLast(new RawPeer(misdeed, own, tally));
              }
            })
        .connect(server.getHost(), server.getPort());
  }
}
