package dev.priz.benchmarks.soak;

import dev.priz.benchmarks.soak.Misdeed.Ending;
import dev.priz.benchmarks.soak.Misdeed.Reading;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A peer that commits one misdeed. Lives on its event loop. */
final class RawPeer extends ChannelInboundHandlerAdapter {
  private static final int LEAVES_WITHIN_MILLIS = 300;
  private static final int OVERDUE_SECONDS = 20;
  private static final int LATE_SECONDS = 30;
  private static final int READ_MILLIS = 1_000;

  private final Misdeed misdeed;
  private final SplittableRandom random;
  private final Tally tally;
  // How many of the four bytes that end the response's head have come.
  private int endOfHead;
  private boolean open;

  RawPeer(Misdeed misdeed, SplittableRandom random, Tally tally) {
    this.misdeed = misdeed;
    this.random = random;
    this.tally = tally;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    tally.count(Figure.PEERS);
    boolean late = misdeed.ending() == Ending.LATE;
    context
        .executor()
        .schedule(
            () -> runOutOfTime(context.channel(), late),
            late ? LATE_SECONDS : OVERDUE_SECONDS,
            TimeUnit.SECONDS);
    if (context.pipeline().get(SslHandler.class) == null) begin(context);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent shaken && shaken.isSuccess()) begin(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    while (!open && bytes.isReadable()) {
      endOfHead = bytes.readByte() == "\r\n\r\n".charAt(endOfHead) ? endOfHead + 1 : 0;
      if (endOfHead == 4) {
        open = true;
        goOn(context);
      }
    }
    bytes.release();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    tally.peerLeft();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // Such as a reset, which a server may well send to it.
    context.close();
  }

  /** Ends a connection with a RST, below TLS if there is any. */
  static void reset(Channel channel) {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    channel.unsafe().close(channel.voidPromise());
  }

  private void begin(ChannelHandlerContext context) {
    context.writeAndFlush(Unpooled.wrappedBuffer(misdeed.before()));
    if (misdeed.after() == null) end(context);
  }

  private void goOn(ChannelHandlerContext context) {
    byte[] after = misdeed.after();
    if (after == null) return;
    if (misdeed.reading() != Reading.ALL) context.channel().config().setAutoRead(false);
    context.writeAndFlush(Unpooled.wrappedBuffer(after));
    if (misdeed.reading() == Reading.SLOWLY || misdeed.reading() == Reading.CRAWLING) {
      readNow(context.channel());
    }
    end(context);
  }

  private void readNow(Channel channel) {
    if (!channel.isActive()) return;
    channel.read();
    channel.eventLoop().schedule(() -> readNow(channel), READ_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void end(ChannelHandlerContext context) {
    if (misdeed.ending() != Ending.ITSELF) return;
    boolean reset = random.nextBoolean();
    int millis = random.nextInt(LEAVES_WITHIN_MILLIS);
    context
        .executor()
        .schedule(() -> leave(context.channel(), reset), millis, TimeUnit.MILLISECONDS);
  }

  private static void leave(Channel channel, boolean reset) {
    if (!channel.isActive()) return;
    if (reset) {
      reset(channel);
    } else {
      // The server has to end the other half.
      ((DuplexChannel) channel).shutdownOutput();
    }
  }

  private void runOutOfTime(Channel channel, boolean asMeant) {
    if (!channel.isActive()) return;
    if (!asMeant) tally.count(Figure.OVERDUE);
    reset(channel);
  }
}
