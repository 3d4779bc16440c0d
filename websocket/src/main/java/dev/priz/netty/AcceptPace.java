package dev.priz.netty;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a listening socket rest: for a moment when no connection can be accepted, most often because
 * there is no file descriptor for it, instead of trying without end; and until a later turn of the
 * event loop when those who come take it too long, instead of keeping it from all others.
 */
final class AcceptPace extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptPace.class);
  private static final int REST_MILLIS = 1_000;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final LogLimit lines = new LogLimit(1);
  // Who came while the loop was busy: some transports are quicker to accept than we say stop.
  private final ArrayDeque<Object> early = new ArrayDeque<>();
  private boolean rests;

  @Override
  public void channelRead(ChannelHandlerContext context, Object visitor) {
    Turns turns = LoopState.of(context.channel().eventLoop()).turns;
    long now = System.nanoTime();
    turns.enter(now);
    if (early.isEmpty() && !turns.isLong(now)) {
      context.fireChannelRead(visitor);
      return;
    }
    early.add(visitor);
    updateReading(context);
    turns.await(() -> welcome(context));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    // Those who wait are the server's to end.
    while (!early.isEmpty()) welcome(context);
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // First, because to say it may need a class, and so a descriptor.
    rest(context);
    long held = lines.ask();
    if (held >= 0) {
      LOG.error("cannot accept a connection: {}{}", cause.getMessage(), LogLimit.tail(held));
    }
  }

  /** Has a server accept nobody for a moment; for any thread. */
  static void rest(Channel server) {
    server
        .eventLoop()
        .execute(() -> {
          ChannelHandlerContext context = server.pipeline().context(AcceptPace.class);
          if (context == null) return;
          var pace = (AcceptPace) context.handler();
          if (!pace.rests) pace.rest(context);
        });
  }

  private void rest(ChannelHandlerContext context) {
    if (rests) {
      // Netty's io_uring goes on trying, a million times a second. To keep its event loop for a
      // moment each time costs the loop's connections less than that.
      LockSupport.parkNanos(PAUSE_NANOS);
      return;
    }
    rests = true;
    updateReading(context);
    context.channel().eventLoop().schedule(() -> wake(context), REST_MILLIS, MILLISECONDS);
  }

  private void wake(ChannelHandlerContext context) {
    rests = false;
    updateReading(context);
  }

  private void welcome(ChannelHandlerContext context) {
    Object visitor = early.poll();
    if (visitor == null) return;
    updateReading(context);
    context.fireChannelRead(visitor);
  }

  private void updateReading(ChannelHandlerContext context) {
    context.channel().config().setAutoRead(!rests && early.isEmpty());
  }
}
